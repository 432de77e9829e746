import type { Clock } from '../../../application/ports/clock.js';

/** API Gateway's clock, which also gives `connectedAt`, as the `Date` of its answers tells it. */
export class ApiClock {
  /** How far it is ahead of the process's clock. */
  #aheadMs: number | undefined;

  constructor(private readonly clock: Clock) {}

  /** Undefined until it was heard. */
  now(): number | undefined {
    return this.#aheadMs === undefined ? undefined : this.clock.now() + this.#aheadMs;
  }

  hear(date: string | string[] | undefined): void {
    const at = Date.parse(String(date));
    // To the second: an answer is never taken for older than the connection that it is about.
    if (!Number.isNaN(at)) this.#aheadMs = at + 999 - this.clock.now();
  }
}
