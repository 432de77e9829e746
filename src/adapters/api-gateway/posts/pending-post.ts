import type { Client, Dispatcher } from 'undici';
import type { PostAnswer } from './post-answer.js';
import type { Sockets } from './sockets.js';

/** One post that is under way. Only the status and the headers of its answer matter. */
export class PendingPost implements Dispatcher.DispatchHandler {
  readonly #timer: NodeJS.Timeout;
  #controller: Dispatcher.DispatchController | undefined;
  #timedOut: Error | undefined;
  readonly #startedAt = performance.now();
  #status = 0;
  #headers: NodeJS.Dict<string | string[]> = {};

  #isSettled = false;

  /** `settle` is called once; until its time is up, when another post can use the socket. */
  constructor(
    private readonly client: Client,
    private readonly sockets: Sockets,
    private readonly settle: (answer: PostAnswer) => void,
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
    this.sockets.giveBack(this.client);
    const tookMs = performance.now() - this.#startedAt;
    this.#settleOnce({ status: this.#status, tookMs, headers: this.#headers });
  }

  /** undici is still clearing its client: a post that began here would meet it half cleared, and end the process. */
  onResponseError(_: unknown, error: Error): void {
    clearTimeout(this.#timer);
    queueMicrotask(() => {
      this.sockets.giveBack(this.client);
      this.#settleOnce({ error });
    });
  }

  #giveUp(timeoutMs: number): void {
    this.#timedOut = Object.assign(new Error(`No answer within ${timeoutMs} ms`), { name: 'TimeoutError' });
    this.#controller?.abort(this.#timedOut);
    this.#settleOnce({ error: this.#timedOut });
  }

  #settleOnce(answer: PostAnswer): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    this.settle(answer);
  }
}
