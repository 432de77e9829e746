import { SwitchboardError } from '../switchboard-error.js';
import { backoff } from './backoff.js';
import { isReachable } from './is-reachable.js';
import type { Link } from './link.js';
import { lost } from './lost.js';
import { type ConnectionOwner, type Greeting, openConnection } from './open-connection.js';
import { createPacer, type Pacer } from './pacer.js';

/** What makes the next pauses 125 ms at most, 250, 500, and so on as ever. */
const HURRIED = -3;

/** Whatever asks for connections, there are never more than so many at once and one more in so long. */
const BURST = 10;
const EVERY_MS = 1_000;

/** Refusals that hold for one connection only: another may do, and nothing has changed meanwhile. */
export const isOfConnection = (error: unknown): boolean =>
  /^(session_unknown|token_expired)$/.test((error as SwitchboardError).code);

/** The server was there, and did not want this client. */
const TURNED_AWAY = /^(refused|unauthenticated|connection_limit)$/;

interface Reconnected extends ConnectionOwner {
  readonly link: unknown;
  adopt(greeting: Greeting): void;
  changed(): void;
  close(error: SwitchboardError): unknown;
}

/** Gets connections: one at a time, less and less often while it fails, never after a final refusal. */
export class Reconnection {
  isDialling = false;
  /** Since there was a connection. */
  attempt = 0;
  reason: SwitchboardError | undefined;
  nextTryAt: number | undefined;
  readonly #session: Reconnected;
  readonly #pacer: Pacer;
  #dialled: Link | undefined;
  #timer: unknown;
  /** How long to wait: starts again only after a connection that lasted. */
  #failures = 0;
  #refusals = 0;
  #wasLetIn = false;

  constructor(session: Reconnected) {
    this.#session = session;
    this.#pacer = createPacer(session.config.clock, BURST, EVERY_MS);
  }

  /** At once, unless that is under way, or too soon after too many. */
  async now(): Promise<void> {
    if (this.isDialling || this.#session.isClosed) return;
    const heldMs = this.#pacer.take();
    if (heldMs > 0) return this.#after(heldMs);
    this.#forgetTimer();
    this.isDialling = true;
    this.attempt += 1;
    this.#session.changed();
    try {
      const greeting = await openConnection(this.#session, (link) => {
        this.#dialled = link;
      });
      if (!greeting.link.isAlive) throw lost();
      this.#dialled = undefined;
      this.#wasLetIn = true;
      this.isDialling = false;
      this.#refusals = 0;
      this.attempt = 0;
      this.reason = undefined;
      this.#session.adopt(greeting);
    } catch (error) {
      this.isDialling = false;
      if (!this.#session.isClosed) this.#failed(error);
    }
  }

  /** After a pause; a short one where things went well so far. */
  soon(reason: SwitchboardError, wentWell: boolean): void {
    this.reason = reason;
    this.#failures = wentWell ? 0 : this.#failures + 1;
    if (this.isDialling) return;
    const { random } = this.#session.config;
    this.#after((reason.retryAfterMs ?? 0) + backoff(this.#failures, random));
  }

  /** The network is back: what was tried without it counts for nothing. */
  hurry(): void {
    this.#failures = HURRIED;
    this.#dialled?.drop();
    void this.now();
  }

  stop(): void {
    this.reason = undefined;
    this.#forgetTimer();
    this.#dialled?.drop();
  }

  /** A browser does not say why a connection failed: perhaps no server was reached at all. */
  async #doubt(refused: SwitchboardError): Promise<void> {
    const { config, url } = this.#session;
    if (!config.fetch || (await isReachable(config.fetch, url)) || this.reason !== refused) return;
    this.reason = new SwitchboardError('unreachable', 'Nothing answers', { retryable: true });
    this.#refusals -= 1;
    this.#session.changed();
  }

  #after(pauseMs: number): void {
    const { clock } = this.#session.config;
    this.#forgetTimer();
    this.nextTryAt = clock.now() + pauseMs;
    this.#timer = clock.setTimeout(() => void this.now(), pauseMs);
    this.#session.changed();
  }

  #forgetTimer(): void {
    this.#session.config.clock.clearTimeout(this.#timer);
    this.nextTryAt = undefined;
  }

  #failed(thrown: unknown): void {
    const { retryable } = Object(thrown) as Partial<SwitchboardError>;
    const error =
      thrown instanceof SwitchboardError
        ? thrown
        : new SwitchboardError('token_unavailable', `${thrown}`, { retryable: retryable !== false });
    this.#refusals = TURNED_AWAY.test(error.code) ? this.#refusals + 1 : 0;
    const isFinal = !error.retryable && !isOfConnection(error);
    const isHopeless = !this.#wasLetIn && this.#refusals >= this.#session.config.maxRefusals;
    // While there is a connection, one that could not replace it ends nothing.
    if (!this.#session.link && (isFinal || isHopeless)) this.#session.close(error);
    else this.soon(error, false);
    if (error.code === 'refused') void this.#doubt(error);
  }
}
