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
    if (!Number.isNaN(at)) this.#aheadMs = at - this.clock.now();
  }
}
