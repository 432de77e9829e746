import { setTimeout as sleep } from 'node:timers/promises';

const EVERY_MS = 3_600_000;

/** Runs a pass every hour until it is stopped. */
export class ExpiryPasses {
  readonly #stopping = new AbortController();
  readonly #ended: Promise<void>;

  constructor(pass: (signal: AbortSignal) => Promise<unknown>, onFailure: (error: unknown) => void) {
    this.#ended = this.#run(pass, onFailure);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#ended;
  }

  async #run(
    pass: (signal: AbortSignal) => Promise<unknown>,
    onFailure: (error: unknown) => void,
  ): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await pass(signal).catch(onFailure);
      await sleep(EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}
