import type { Client, Dispatcher } from 'undici';
import type { PostAnswer } from './post-answer.js';
import type { Sockets } from './sockets.js';

/**
 * One post that is under way. It uses undici's older interface for handlers: for the newer one, undici makes two more
 * objects for each post and decodes all headers of its answer.
 */
export class PendingPost implements Dispatcher.DispatchHandler {
  readonly #timer: NodeJS.Timeout;
  #abort: ((reason?: Error) => void) | undefined;
  #timedOut: Error | undefined;
  readonly #startedAt = performance.now();
  #status = 0;
  #rawHeaders: readonly Buffer[] = [];

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

  onConnect(abort: (reason?: Error) => void): void {
    // It may have waited for a socket until its time was up.
    if (this.#timedOut) abort(this.#timedOut);
    this.#abort = abort;
  }

  onHeaders(status: number, rawHeaders: readonly Buffer[]): boolean {
    this.#status = status;
    this.#rawHeaders = rawHeaders;
    return true;
  }

  onData(): boolean {
    return true;
  }

  onComplete(): void {
    clearTimeout(this.#timer);
    this.sockets.giveBack(this.client);
    const tookMs = performance.now() - this.#startedAt;
    this.#settleOnce({ status: this.#status, tookMs, rawHeaders: this.#rawHeaders });
  }

  /** undici is still clearing its client: a post that began here would meet it half cleared, and end the process. */
  onError(error: Error): void {
    clearTimeout(this.#timer);
    queueMicrotask(() => {
      this.sockets.giveBack(this.client);
      this.#settleOnce({ error });
    });
  }

  #giveUp(timeoutMs: number): void {
    this.#timedOut = Object.assign(new Error(`No answer within ${timeoutMs} ms`), { name: 'TimeoutError' });
    this.#abort?.(this.#timedOut);
    this.#settleOnce({ error: this.#timedOut });
  }

  #settleOnce(answer: PostAnswer): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    this.settle(answer);
  }
}
