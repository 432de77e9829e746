import type { Clock } from '../../../application/ports/clock.js';

/** API Gateway's clock, by the `Date` of its answers. The same clock gives `connectedAt`. */
export class ApiClock {
  /** How far it is ahead of the process's clock. */
  #aheadMs: number | undefined;

  constructor(private readonly clock: Clock) {}

  /** Undefined before the first answer. */
  now(): number | undefined {
    return this.#aheadMs === undefined ? undefined : this.clock.now() + this.#aheadMs;
  }

  hear(date: string | undefined): void {
    const at = Date.parse(String(date));
    // To the second: so an answer never seems older than the connection that it is about.
    if (!Number.isNaN(at)) this.#aheadMs = at + 999 - this.clock.now();
  }
}
