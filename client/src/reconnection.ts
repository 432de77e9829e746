import { backoff } from './backoff.js';
import { type Caller, Dial, type Greeting } from './dial.js';
import { lost } from './link.js';
import { SwitchboardError } from './switchboard-error.js';

/** Refusals that hold for one connection only: another may do, and nothing has changed meanwhile. */
export const isOfConnection = (error: unknown): boolean =>
  ['session_unknown', 'token_expired'].includes((error as SwitchboardError).code);

interface Reconnected extends Caller {
  readonly isClosed: boolean;
  readonly link: unknown;
  adopt(greeting: Greeting): void;
  changed(): void;
  close(error: SwitchboardError): unknown;
}

/** Gets connections: one at a time, less and less often while it fails, never after a final refusal. */
export class Reconnection {
  readonly #session: Reconnected;
  #dial: Dial | undefined;
  #timer: unknown;
  #attempts = 0;
  #refusals = 0;
  #wasLetIn = false;
  #isHurried = false;

  constructor(session: Reconnected) {
    this.#session = session;
  }

  get isDialling(): boolean {
    return !!this.#dial;
  }

  /** At once, unless that is under way. */
  async now(): Promise<void> {
    if (this.#dial || this.#session.isClosed) return;
    const dial = new Dial(this.#session);
    this.stop();
    this.#isHurried = false;
    this.#dial = dial;
    this.#session.changed();
    try {
      const greeting = await dial.run();
      this.#dial = undefined;
      if (!greeting.link.isAlive) throw lost();
      this.#wasLetIn = true;
      this.#session.adopt(greeting);
    } catch (error) {
      this.#dial = undefined;
      if (!this.#session.isClosed) this.#failed(error);
    }
  }

  /** After a pause; a short one where things went well so far. */
  soon(wentWell: boolean, atLeastMs = 0): void {
    const { clock, random } = this.#session.config;
    this.#attempts = wentWell ? 0 : this.#attempts + 1;
    if (this.#dial) return;
    this.stop();
    const pauseMs = this.#isHurried ? 0 : Math.max(atLeastMs, backoff(this.#attempts, random));
    this.#timer = clock.setTimeout(() => void this.now(), pauseMs);
  }

  /** The network is back: what was tried without it counts for nothing. */
  hurry(): void {
    this.#isHurried = true;
    this.#attempts = 0;
    if (this.#dial) this.#dial.cancel();
    else void this.now();
  }

  stop(): void {
    this.#session.config.clock.clearTimeout(this.#timer);
  }

  cancel(): void {
    this.stop();
    this.#dial?.cancel();
  }

  #failed(error: unknown): void {
    const { code, retryable, retryAfterMs } = error as Partial<SwitchboardError>;
    this.#refusals = code === 'refused' ? this.#refusals + 1 : 0;
    const isFinal = retryable === false && !isOfConnection(error);
    const isHopeless = !this.#wasLetIn && this.#refusals >= this.#session.config.maxRefusals;
    // While there is a connection, one that could not replace it ends nothing.
    if (!this.#session.link && (isFinal || isHopeless)) {
      const isOurs = error instanceof SwitchboardError;
      this.#session.close(isOurs ? error : new SwitchboardError('unauthenticated', 'There is no token'));
      return;
    }
    this.soon(false, retryAfterMs);
    this.#session.changed();
  }
}
