import type { Clock } from '../../application/ports/clock.js';
import type { LimitReset } from '../../application/ports/rate-limiter.js';
import type { Counter, Counting } from '../../domain/limits/allowance.js';
import { admit, aheadMs } from '../../domain/limits/rate-limit.js';

const REMEMBERED = 10_000;

/** Counters for one process. */
export class InMemoryCounters implements Counting {
  readonly #states = new Map<string, number>();

  constructor(
    private readonly clock: Clock,
    private readonly onReset: (reset: LimitReset) => void = () => {},
  ) {}

  wait(counter: Counter): number {
    return this.#admit(counter).retryAfterMs;
  }

  async count(counter: Counter): Promise<number> {
    const { state, retryAfterMs } = this.#admit(counter);
    this.#warnOf(counter);
    this.#remember(keyOf(counter), state);
    return retryAfterMs;
  }

  #admit(counter: Counter) {
    return admit(this.#states.get(keyOf(counter)), this.clock.now(), counter.limit);
  }

  #warnOf(counter: Counter): void {
    const ahead = aheadMs(this.#states.get(keyOf(counter)) ?? 0, this.clock.now(), counter.limit);
    if (ahead > 0) this.onReset({ limit: counter.attribute, aheadMs: ahead });
  }

  /** Forgets the least recently used entry first: its limit is most likely unused again. */
  #remember(key: string, state: number): void {
    this.#states.delete(key);
    this.#states.set(key, state);
    const oldest = this.#states.keys().next();
    if (this.#states.size > REMEMBERED && !oldest.done) this.#states.delete(oldest.value);
  }
}

const keyOf = ({ of, id, attribute }: Counter): string => `${of} ${attribute} ${id}`;
