import type { GatewayClock } from '../gateway-clock.js';
import type { GatewayLimits } from '../gateway-options.js';

/** Longest wait before the time of day is checked again, in milliseconds. */
const LOOK_AGAIN_MS = 5_000;

/**
 * When a connection has to end, by the time of day: the rows that handlers stored about it expire by that clock too. A timer
 * alone would be late by the time that the machine slept.
 */
export class Deadline {
  lastActiveAt: number;
  #cancel: () => void = () => {};

  constructor(
    private readonly connectedAt: number,
    private readonly limits: Pick<GatewayLimits, 'idleMs' | 'connectionMs'>,
    private readonly clock: GatewayClock,
    private readonly onPassed: () => void,
  ) {
    this.lastActiveAt = clock.now();
    this.#wait();
  }

  get passed(): boolean {
    return this.#left() <= 0;
  }

  touch(): void {
    this.lastActiveAt = this.clock.now();
  }

  cancel(): void {
    this.#cancel();
  }

  #wait(): void {
    const ms = Math.min(Math.max(0, this.#left()), LOOK_AGAIN_MS);
    this.#cancel = this.clock.after(ms, () => {
      if (this.passed) this.onPassed();
      else this.#wait();
    });
  }

  #left(): number {
    const { idleMs, connectionMs } = this.limits;
    return Math.min(this.connectedAt + connectionMs, this.lastActiveAt + idleMs) - this.clock.now();
  }
}
