import { SwitchboardError } from '../switchboard-error.js';
import { backoff } from './backoff.js';
import { type Link, lost } from './link.js';
import { type ConnectionOwner, type Greeting, openConnection } from './open-connection.js';

/** What makes the next pauses 125 ms at most, 250, 500, and so on as ever. */
const HURRIED = -3;

/** Refusals that hold for one connection only: another may do, and nothing has changed meanwhile. */
export const isOfConnection = (error: unknown): boolean =>
  /^(session_unknown|token_expired)$/.test((error as SwitchboardError).code);

interface Reconnected extends ConnectionOwner {
  readonly link: unknown;
  adopt(greeting: Greeting): void;
  changed(): void;
  close(error: SwitchboardError): unknown;
}

/** Gets connections: one at a time, less and less often while it fails, never after a final refusal. */
export class Reconnection {
  isDialling = false;
  readonly #session: Reconnected;
  #dialled: Link | undefined;
  #timer: unknown;
  #attempts = 0;
  #refusals = 0;
  #wasLetIn = false;

  constructor(session: Reconnected) {
    this.#session = session;
  }

  /** At once, unless that is under way. */
  async now(): Promise<void> {
    if (this.isDialling || this.#session.isClosed) return;
    this.#session.config.clock.clearTimeout(this.#timer);
    this.isDialling = true;
    this.#session.changed();
    try {
      const greeting = await openConnection(this.#session, (link) => {
        this.#dialled = link;
      });
      if (!greeting.link.isAlive) throw lost();
      this.#dialled = undefined;
      this.#wasLetIn = true;
      this.isDialling = false;
      this.#session.adopt(greeting);
    } catch (error) {
      this.isDialling = false;
      if (!this.#session.isClosed) this.#failed(error);
    }
  }

  /** After a pause; a short one where things went well so far. */
  soon(wentWell: boolean, atLeastMs = 0): void {
    const { clock, random } = this.#session.config;
    this.#attempts = wentWell ? 0 : this.#attempts + 1;
    if (this.isDialling) return;
    clock.clearTimeout(this.#timer);
    const pauseMs = atLeastMs + backoff(this.#attempts, random);
    this.#timer = clock.setTimeout(() => void this.now(), pauseMs);
  }

  /** The network is back: what was tried without it counts for nothing. */
  hurry(): void {
    this.#attempts = HURRIED;
    this.#dialled?.drop();
    void this.now();
  }

  stop(): void {
    this.#session.config.clock.clearTimeout(this.#timer);
    this.#dialled?.drop();
  }

  #failed(error: unknown): void {
    const { code, retryable, retryAfterMs } = error as Partial<SwitchboardError>;
    this.#refusals = code === 'refused' ? this.#refusals + 1 : 0;
    const isFinal = retryable === false && !isOfConnection(error);
    const isHopeless = !this.#wasLetIn && this.#refusals >= this.#session.config.maxRefusals;
    // While there is a connection, one that could not replace it ends nothing.
    if (!this.#session.link && (isFinal || isHopeless)) {
      const isOurs = error instanceof SwitchboardError;
      this.#session.close(isOurs ? error : new SwitchboardError('unauthenticated', 'No token'));
      return;
    }
    this.soon(false, retryAfterMs);
    this.#session.changed();
  }
}
