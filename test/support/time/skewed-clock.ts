import type { Clock } from '../../../src/application/ports/clock.js';

/** A process's own clock, wrong by `aheadMs`. */
export class SkewedClock implements Clock {
  constructor(
    private readonly right: Clock,
    public aheadMs: number,
  ) {}

  now(): number {
    return this.right.now() + this.aheadMs;
  }

  sleep(ms: number): Promise<void> {
    return this.right.sleep(ms);
  }
}
