import type { Clock } from '../../../src/application/ports/clock.js';

/** Stands still until it is told to move. */
export class VirtualClock implements Clock {
  constructor(private time = 1_760_000_000_000) {}

  now(): number {
    return this.time;
  }

  advance(ms: number): void {
    this.time += ms;
  }

  async sleep(ms: number): Promise<void> {
    this.advance(Math.ceil(ms));
  }
}
