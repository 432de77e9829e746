import type { Page } from '../../../protocol/actions.js';
import type { Cursor } from '../../../protocol/cursor.js';
import type { Item } from '../../../protocol/item.js';
import { HISTORY_LIMIT } from '../../../protocol/limits.js';
import { backoff } from '../connection/backoff.js';
import { lost } from '../connection/lost.js';
import type { Session } from '../connection/session.js';
import type { SwitchboardError } from '../switchboard-error.js';
import * as ordering from './stream.js';

/** What a follower needs from its feed. */
export interface Followed {
  readonly name: string;
  surfaced(epoch: string, item: Item): void;
  reset(reset: ordering.Reset): void;
  /** The log would not be read: perhaps one is no member any more. */
  refused(): void;
}

/** Keeps a stream level with its log: takes what is pushed, and asks for what is missing. */
export class Follower {
  #stream = ordering.FRESH;
  #timer: unknown;
  #asking = false;
  #failures = 0;

  readonly #feed: Followed;
  readonly #session: Session;

  constructor(feed: Followed, session: Session) {
    this.#feed = feed;
    this.#session = session;
  }

  get cursor(): Cursor | undefined {
    return ordering.cursorOf(this.#stream);
  }

  get isCatchingUp(): boolean {
    return this.#asking || (this.#failures > 0 && ordering.isBehind(this.#stream));
  }

  start(at: Cursor): void {
    this.#take(ordering.start(this.#stream, at), 0);
  }

  receive(epoch: string, items: readonly Item[]): void {
    this.#take(ordering.receive(this.#stream, epoch, items), this.#session.config.gapPatienceMs);
  }

  observe(head: Cursor): void {
    this.#take(ordering.observe(this.#stream, head), 0);
  }

  recover(since: Cursor, page: Page): void {
    this.#take(ordering.recover(this.#stream, since, page), 0);
  }

  forget(): void {
    this.#stream = ordering.FRESH;
    this.#failures = 0;
    this.#clear();
    this.#session.changed();
  }

  #take(step: ordering.Step, patienceMs: number): void {
    this.#stream = step.stream;
    if (step.reset) this.#feed.reset(step.reset);
    const { epoch } = step.stream;
    if (epoch !== undefined) for (const item of step.surface) this.#feed.surfaced(epoch, item);
    if (ordering.isBehind(this.#stream) && !this.#asking) this.#chase(patienceMs);
    this.#session.changed();
  }

  #chase(delayMs: number): void {
    if (delayMs > 0 && this.#timer !== undefined) return;
    this.#clear();
    if (delayMs > 0) this.#timer = this.#session.config.clock.setTimeout(() => this.#chase(0), delayMs);
    else if (this.#session.link && ordering.isBehind(this.#stream) && !this.#asking) void this.#run();
  }

  #clear(): void {
    this.#session.config.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #run(): Promise<void> {
    this.#asking = true;
    this.#session.changed();
    try {
      for (let since = this.cursor; since && ordering.isBehind(this.#stream); since = this.cursor) {
        this.#stream = ordering.asking(this.#stream);
        const query = { room: this.#feed.name, since, limit: HISTORY_LIMIT };
        this.#advance(since, (await this.#session.request('history', query)).reply);
      }
      this.#failures = 0;
    } catch (error) {
      this.#failed(error);
    } finally {
      this.#asking = false;
      this.#session.changed();
    }
  }

  #advance(since: Cursor, page: Page): void {
    this.recover(since, page);
    const now = this.cursor;
    const stuck = now?.epoch === since.epoch && now.offset === since.offset;
    // Whatever it was, it was no answer: ask again, later.
    if (stuck && ordering.isBehind(this.#stream)) throw lost();
  }

  #failed(error: unknown): void {
    this.#stream = { ...this.#stream, doubt: true };
    // Without a connection the next hello tells; nothing to do until then.
    if (!this.#session.link) return;
    const { retryable, retryAfterMs = 0 } = error as SwitchboardError;
    if (!retryable) this.#feed.refused();
    this.#chase(1 + retryAfterMs + backoff(this.#failures++, this.#session.config.random));
  }
}
