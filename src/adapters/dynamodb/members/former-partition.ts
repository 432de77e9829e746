import type { Clock } from '../../../application/ports/clock.js';
import { CONNECTION_LIFETIME_MS } from '../../../domain/connection.js';

/**
 * Whether the former partition of `*` may have members. They all connected before this version was deployed, so before this
 * instance began: once it has lived as long as a connection can, there are none.
 */
export class FormerPartition {
  readonly #until: number;

  constructor(private readonly clock: Clock) {
    this.#until = clock.now() + CONNECTION_LIFETIME_MS;
  }

  get mayHaveMembers(): boolean {
    return this.clock.now() < this.#until;
  }
}
