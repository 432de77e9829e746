import { IntervalLimit } from '../../domain/limits/interval-limit.js';
import type { Clock } from '../ports/clock.js';

const FREE_EVERY_MS = 10_000;

/** A frame that only keeps its connection from idling. */
export class KeepAlive {
  readonly #free = new IntervalLimit(FREE_EVERY_MS);

  constructor(private readonly clock: Clock) {}

  /** `free`: it needs no work. `counts`: it comes too often, so it counts like any other frame. */
  execute(connectionId: string): 'free' | 'counts' {
    return this.#free.take(connectionId, this.clock.now()) ? 'free' : 'counts';
  }
}
