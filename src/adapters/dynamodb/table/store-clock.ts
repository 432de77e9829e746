import type { Clock } from '../../../application/ports/clock.js';
import type { Table } from './table.js';

/** A clock that differs from the store's by more is wrong. Smaller differences are usual, and answers take time. */
const TOLERANCE_MS = 5 * 60_000;

/** Decides what has expired: by the process's own clock, or by the store's time while the two disagree. */
export class StoreClock implements Clock {
  #disagrees = false;

  constructor(
    private readonly table: Pick<Table, 'now'>,
    private readonly clock: Clock,
    /** Called each time they begin to disagree. */
    private readonly onDisagreement: (aheadMs: number) => void = () => {},
  ) {}

  now(): number {
    const own = this.clock.now();
    const stores = this.table.now();
    const disagreed = this.#disagrees;
    this.#disagrees = stores !== undefined && Math.abs(own - stores) > TOLERANCE_MS;
    if (stores === undefined || !this.#disagrees) return own;
    if (!disagreed) this.onDisagreement(own - stores);
    return stores;
  }

  sleep(ms: number): Promise<void> {
    return this.clock.sleep(ms);
  }
}
