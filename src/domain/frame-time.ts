import { ClientError } from './client-error.js';

/**
 * The time that one frame has. At its end all work for the frame stops, except a write that makes something
 * durable: once such a write has begun, its outcome is the answer.
 */
export class FrameTime {
  readonly #over = new AbortController();
  #isUp = false;
  #isHeld = false;

  /** Aborts at the end, with `timeout` as its reason. */
  get signal(): AbortSignal {
    return this.#over.signal;
  }

  /** Also true while the end is held back. */
  get isUp(): boolean {
    return this.#isUp;
  }

  end(): void {
    this.#isUp = true;
    if (!this.#isHeld) this.#over.abort(new ClientError('timeout'));
  }

  /**
   * Holds the end back, just before a write that makes something durable.
   *
   * @throws ClientError `timeout`: it is too late to begin
   */
  hold(): void {
    if (this.#isUp) this.end();
    this.signal.throwIfAborted();
    this.#isHeld = true;
  }

  /** Nothing became durable. */
  release(): void {
    this.#isHeld = false;
    if (this.#isUp) this.end();
  }
}
