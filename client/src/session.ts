import { backoff } from './backoff.js';
import type { Config } from './config.js';
import { Dial } from './dial.js';
import type { Action, Cursor, Hello, Push, Replies, Resumption } from './frames.js';
import { KeepAlive } from './keep-alive.js';
import { type Link, lost } from './link.js';
import { refreshToken } from './refresh-token.js';
import type { State } from './state.js';
import { SwitchboardError } from './switchboard-error.js';
import { Waiters } from './waiters.js';

/** A connection that lived less long than this is no reason to start again with short pauses. */
const STABLE_MS = 10_000;

/** What the session tells whoever has the rooms, and asks of it. */
export interface SessionRooms {
  resumptions(): Resumption[];
  greeted(link: Link, hello: Hello, asked: readonly Resumption[]): void;
  pushed(push: Push): void;
  memberOf(): string[];
  observed(heads: Readonly<Record<string, Cursor>>): void;
  isCatchingUp(): boolean;
}

/** One user's presence on the server, whatever number of connections it takes. */
export class Session {
  link: Link | undefined;
  error: SwitchboardError | undefined;
  userId: string | undefined;
  #rooms!: SessionRooms;
  #state: State = 'connecting';
  #dial: Dial | undefined;
  #redial: unknown;
  #rotation: unknown;
  #attempts = 0;
  #refusals = 0;
  #greetedAt: number | undefined;
  #hurry = false;
  /** Connections that were replaced and still owe an answer, with the timer that ends their patience. */
  readonly #retired = new Map<Link, unknown>();
  readonly #waiters: Waiters<Link>;
  readonly #pauses: Waiters<void>;
  #keepAlive!: KeepAlive;

  constructor(
    readonly url: string,
    readonly config: Config,
    private readonly onState: (state: State) => void,
  ) {
    this.userId = config.userId;
    this.#waiters = new Waiters(config.clock);
    this.#pauses = new Waiters(config.clock);
  }

  start(rooms: SessionRooms): void {
    this.#rooms = rooms;
    this.#keepAlive = new KeepAlive(this.config, rooms);
    this.config.network?.addEventListener('online', this.#online);
    this.config.network?.addEventListener('offline', this.#offline);
    void this.#connect();
  }

  get state(): State {
    return this.#state;
  }

  /** A connection that has said hello; waits for one at most so long. */
  async ready(patienceMs: number): Promise<Link> {
    if (this.#state === 'closed') throw this.#over();
    return this.link ?? this.#waiters.wait(patienceMs, () => lost('There was no connection in time'));
  }

  /** Sleeps, but not past the end. */
  async pause(ms: number): Promise<void> {
    const over = lost();
    await this.#pauses
      .wait(ms, () => over)
      .catch((error) => {
        if (error !== over) throw error;
      });
  }

  /** One attempt, on the connection there is. */
  async request<A extends Action>(
    action: A,
    fields: string,
    timeoutMs = this.config.requestTimeoutMs,
  ): Promise<{ reply: Replies[A]; link: Link }> {
    const link = this.link;
    if (!link) throw lost();
    try {
      return { reply: await link.request(action, fields, timeoutMs), link };
    } catch (error) {
      const code = error instanceof SwitchboardError ? error.code : undefined;
      if (code === 'timeout' && link.isAlive) void this.#keepAlive.ping(link);
      // Another connection is all it takes; and nothing has changed, so the request may go there.
      if (code !== 'session_unknown' && code !== 'token_expired') throw error;
      link.drop(lost());
      throw lost();
    } finally {
      this.changed();
    }
  }

  /** Something about the rooms is different. */
  changed(): void {
    if (this.#state === 'closed') return;
    const isBehind = this.#rooms.isCatchingUp();
    if (!isBehind) for (const old of this.#retired.keys()) if (old.isIdle) old.drop(lost());
    this.#enter(this.link ? (isBehind ? 'catching-up' : 'live') : this.#dial ? 'connecting' : 'offline');
  }

  async close(error?: SwitchboardError): Promise<void> {
    if (this.#state === 'closed') return;
    const { clock, network } = this.config;
    const links = [...this.#retired.keys(), this.link, this.#dial?.link].filter((link) => link !== undefined);
    this.error = error;
    this.#state = 'closed';
    this.link = undefined;
    network?.removeEventListener('online', this.#online);
    network?.removeEventListener('offline', this.#offline);
    clock.clearTimeout(this.#redial);
    clock.clearTimeout(this.#rotation);
    this.#keepAlive.stop();
    this.#waiters.reject(this.#over());
    this.#pauses.reject(this.#over());
    this.onState('closed');
    this.#dial?.cancel();
    await Promise.all(links.map((link) => link.close(this.#over())));
  }

  pushed(push: Push, link: Link): void {
    if (push.type === 'expiring') void refreshToken(link, this.config);
    else if (push.type !== 'disconnect') this.#rooms.pushed(push);
    else if (push.reconnect) link.drop(lost(push.message));
    else void this.close(new SwitchboardError(push.code, push.message));
  }

  ended(link: Link): void {
    this.config.clock.clearTimeout(this.#retired.get(link));
    this.#retired.delete(link);
    if (link !== this.link) return;
    this.link = undefined;
    this.#keepAlive.stop();
    this.config.clock.clearTimeout(this.#rotation);
    const lived = this.config.clock.now() - (this.#greetedAt ?? 0);
    this.#attempts = lived < STABLE_MS ? this.#attempts + 1 : 0;
    if (!this.#dial) this.#later();
    this.changed();
  }

  resumptions(): Resumption[] {
    return this.#rooms.resumptions();
  }

  readonly #online = (): void => {
    if (this.link) return void this.#keepAlive.ping(this.link);
    this.#hurry = true;
    this.#attempts = 0;
    if (this.#dial) this.#dial.cancel();
    else void this.#connect();
  };

  readonly #offline = (): void => this.link?.drop(lost('The network went away'));

  async #connect(): Promise<void> {
    if (this.#dial || this.#state === 'closed') return;
    this.config.clock.clearTimeout(this.#redial);
    this.#hurry = false;
    const dial = new Dial(this);
    this.#dial = dial;
    this.changed();
    try {
      const { link, hello, asked } = await dial.run();
      this.#dial = undefined;
      if (link.isAlive) this.#adopt(link, hello, asked);
      else this.#failed(lost());
    } catch (error) {
      this.#dial = undefined;
      this.#failed(error);
    }
  }

  #adopt(link: Link, hello: Hello, asked: readonly Resumption[]): void {
    const { clock, random, rotateAfterMs, requestTimeoutMs } = this.config;
    const old = this.link;
    if (old)
      this.#retired.set(
        old,
        clock.setTimeout(() => old.drop(lost()), requestTimeoutMs),
      );
    this.link = link;
    if (this.#greetedAt !== undefined && hello.userId !== this.userId) {
      const message = 'The new token is another user’s';
      return void this.close(new SwitchboardError('identity_changed', message));
    }
    this.userId = hello.userId;
    this.#greetedAt = clock.now();
    this.#refusals = 0;
    this.#rooms.greeted(link, hello, asked);
    this.#keepAlive.start(link);
    // Early by up to a tenth, so that those who came together do not all move together.
    clock.clearTimeout(this.#rotation);
    this.#rotation = clock.setTimeout(() => void this.#connect(), rotateAfterMs * (1 - 0.1 * random()));
    this.#waiters.resolve(link);
    this.changed();
  }

  #failed(error: unknown): void {
    if (this.#state === 'closed') return;
    const { code, retryable, retryAfterMs } = error as Partial<SwitchboardError>;
    this.#refusals = code === 'refused' ? this.#refusals + 1 : 0;
    const neverLetIn = this.#greetedAt === undefined && this.#refusals >= this.config.maxRefusals;
    const another = code === 'session_unknown' || code === 'token_expired';
    // While there is a connection, one that could not replace it ends nothing.
    if (!this.link && (neverLetIn || (retryable === false && !another))) {
      const final = error instanceof SwitchboardError ? error : undefined;
      const message = 'The token could not be had';
      return void this.close(final ?? new SwitchboardError('unauthenticated', message));
    }
    this.#attempts += 1;
    this.#later(retryAfterMs);
    this.changed();
  }

  #later(atLeastMs = 0): void {
    const { clock, random } = this.config;
    if (this.#hurry) return void this.#connect();
    clock.clearTimeout(this.#redial);
    const delayMs = Math.max(atLeastMs, backoff(this.#attempts, random));
    this.#redial = clock.setTimeout(() => void this.#connect(), delayMs);
  }

  #enter(state: State): void {
    if (state === this.#state) return;
    this.#state = state;
    this.onState(state);
  }

  #over(): SwitchboardError {
    return this.error ?? new SwitchboardError('closed', 'The client was closed');
  }
}
