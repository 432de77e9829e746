import type { Clock } from '../../application/ports/clock.js';
import type { LimitReset } from '../../application/ports/rate-limiter.js';
import type { Counter, Counting } from '../../domain/limits/allowance.js';
import { admit, aheadMs, type RateLimit, stepsAt, waitMs } from '../../domain/limits/rate-limit.js';
import type { Database, Value } from './database/database.js';

/** After this time, every limit is unused again. */
const KEPT_MS = 3_600_000;

const REMEMBERED = 4_000;

/**
 * The steps of a limit as one procedure. This instance remembers its own counts, so it refuses a flood before the flood
 * reaches the server.
 */
export class MySqlCounters implements Counting {
  /** The rows' numbers when they were last seen, with the counts under way. */
  readonly #known = new Map<string, number>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly onReset: (reset: LimitReset) => void = () => {},
  ) {}

  wait(counter: Counter): number {
    return this.#admit(counter, this.clock.now()).retryAfterMs;
  }

  #admit(counter: Counter, now: number) {
    return admit(this.#known.get(keyOf(counter)), now, counter.limit);
  }

  async count(counter: Counter): Promise<number> {
    const { attribute, limit } = counter;
    const key = keyOf(counter);
    const now = this.clock.now();
    const asked = this.#admit(counter, now).state;
    this.#remember(key, asked);
    const [row] = await this.database.call('switchboard_count', [
      key,
      ...stepValues(now, limit),
      now + KEPT_MS,
    ]);
    const before = row?.state_before as number;
    const state = row?.state as number | null;
    if (state === null) {
      this.#remember(key, before);
      return Math.max(1, waitMs(before, now, limit));
    }
    const ahead = aheadMs(before, now, limit);
    if (ahead > 0 && state < before) this.onReset({ limit: attribute, aheadMs: ahead });
    this.#remember(key, Math.max(this.#known.get(key) ?? 0, state));
    return 0;
  }

  /** Forgets the least recently used entry first. */
  #remember(key: string, state: number): void {
    this.#known.delete(key);
    this.#known.set(key, state);
    const oldest = this.#known.keys().next();
    if (this.#known.size > REMEMBERED && !oldest.done) this.#known.delete(oldest.value);
  }
}

const keyOf = ({ of, id, attribute }: Counter): string => `${of}#${attribute}#${id}`;

const stepValues = (now: number, limit: RateLimit): Value[] => {
  const { start, raise } = stepsAt(now, limit);
  const [[, unused] = [0, 0], [unbelieved] = [0, 0]] = start.within;
  const [[least, most] = [0, 0]] = raise.within;
  const first = 'set' in start.change ? start.change.set : 0;
  const more = 'add' in raise.change ? raise.change.add : 0;
  return [unused, unbelieved, first, least, most, more];
};
