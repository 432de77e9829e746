import type { Dispatcher } from 'undici';
import type { PostAnswer } from './post-answer.js';

/** One post that is under way. Only the status and the headers of its answer matter. */
export class PendingPost implements Dispatcher.DispatchHandler {
  readonly #timer: NodeJS.Timeout;
  #controller: Dispatcher.DispatchController | undefined;
  #timedOut: Error | undefined;
  readonly #startedAt = performance.now();
  #status = 0;
  #headers: NodeJS.Dict<string | string[]> = {};

  constructor(
    private readonly settle: (answer: PostAnswer) => void,
    /** Called once its socket can take another post. */
    private readonly release: () => void,
    timeoutMs: number,
  ) {
    this.#timer = setTimeout(() => this.#giveUp(timeoutMs), timeoutMs);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // It may have waited for a socket until its time was up.
    if (this.#timedOut) controller.abort(this.#timedOut);
    this.#controller = controller;
  }

  onResponseStart(_: unknown, status: number, headers: NodeJS.Dict<string | string[]>): void {
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(): void {}

  onResponseEnd(): void {
    clearTimeout(this.#timer);
    this.release();
    const tookMs = performance.now() - this.#startedAt;
    this.settle({ status: this.#status, tookMs, headers: this.#headers });
  }

  onResponseError(_: unknown, error: Error): void {
    clearTimeout(this.#timer);
    this.release();
    this.settle({ error });
  }

  #giveUp(timeoutMs: number): void {
    this.#timedOut = Object.assign(new Error(`No answer within ${timeoutMs} ms`), { name: 'TimeoutError' });
    this.#controller?.abort(this.#timedOut);
    this.settle({ error: this.#timedOut });
  }
}
