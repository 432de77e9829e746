import type { Clock } from '../../application/ports/clock.js';
import type { LimitReset } from '../../application/ports/rate-limiter.js';
import type { Counter, Counting } from '../../domain/limits/allowance.js';
import {
  admit,
  aheadMs,
  fits,
  intervalOf,
  type Step,
  type Steps,
  stepsAt,
} from '../../domain/limits/rate-limit.js';
import { rateKey } from './keys.js';
import { expiry } from './table/expiry.js';
import type { Change, Condition } from './table/expression.js';
import type { Table } from './table/table.js';

/** After this time, every limit is unused again. */
const KEPT_MS = 3_600_000;

const REMEMBERED = 4_000;

/** The attribute for the number that a new start has replaced. */
const REPLACED = 'replaced';

interface Known {
  /** The row's number when it was last seen, or a lower bound of it. */
  row: number;
  /** The same, with the counts under way. */
  asked: number;
}

/**
 * The steps of a limit as conditional updates: it reads nothing, and simultaneous counts are never lost. This instance
 * remembers its own counts, so it refuses a flood before the flood reaches the table.
 */
export class DynamoDBCounters implements Counting {
  readonly #known = new Map<string, Known>();

  constructor(
    private readonly table: Table,
    private readonly clock: Clock,
    private readonly onReset: (reset: LimitReset) => void = () => {},
  ) {}

  wait(counter: Counter): number {
    return this.#admit(counter, this.clock.now()).admitted ? 0 : namedWaitMs(counter);
  }

  async count(counter: Counter): Promise<number> {
    return (await this.#count(counter)) ? 0 : namedWaitMs(counter);
  }

  #admit(counter: Counter, now: number) {
    return admit(this.#known.get(keyOf(counter))?.asked, now, counter.limit);
  }

  async #count(counter: Counter): Promise<boolean> {
    const now = this.clock.now();
    const { state } = this.#admit(counter, now);
    const known = this.#knownOf(keyOf(counter));
    known.asked = state;
    const steps = stepsAt(now, counter.limit);
    const row = await this.#change(counter, now, steps, known.row);
    if (row === undefined) {
      const [[, most] = [0, 0]] = steps.raise.within;
      known.row = most + 1;
      known.asked = most + 1;
      return false;
    }
    known.row = row;
    known.asked = Math.max(known.asked, row);
    return true;
  }

  /** Takes the first step whose bounds hold. Resolves to the row's number, or to undefined when it is exhausted. */
  async #change(
    counter: Counter,
    now: number,
    { start, raise }: Steps,
    seen: number,
  ): Promise<number | undefined> {
    const { of, id, attribute, limit } = counter;
    for (const step of fits(start, seen) ? [start, raise] : [raise]) {
      const change = changed(attribute, step, expiry(now + KEPT_MS));
      const row = await this.table.update(rateKey(of, id), change, holding(attribute, step));
      if (!row) continue;
      const ahead = step === start ? aheadMs(row[REPLACED] as number, now, limit) : 0;
      if (ahead > 0) this.onReset({ limit: attribute, aheadMs: ahead });
      return row[attribute] as number;
    }
    return undefined;
  }

  /** Forgets the least recently used entry first. */
  #knownOf(key: string): Known {
    const known = this.#known.get(key) ?? { row: 0, asked: 0 };
    this.#known.delete(key);
    this.#known.set(key, known);
    const oldest = this.#known.keys().next();
    if (this.#known.size > REMEMBERED && !oldest.done) this.#known.delete(oldest.value);
    return known;
  }
}

const keyOf = ({ of, id, attribute }: Counter): string => `${of} ${attribute} ${id}`;

/** The row is not read, so the rest of the limit is unknown: this is the longest possible wait if clocks agree. */
const namedWaitMs = ({ limit }: Counter): number => Math.ceil(intervalOf(limit) / 1000);

const changed = (attribute: string, { change }: Step, set: ReturnType<typeof expiry>): Change =>
  'set' in change
    ? { set: { ...set, [attribute]: change.set }, keep: { [REPLACED]: attribute } }
    : { set, increment: { [attribute]: change.add } };

const holding = (attribute: string, { within }: Step): Condition => {
  const bounds = within.map(([least, most]): Condition => ({ between: [attribute, least, most] }));
  return within[0]?.[0] === 0 ? { any: [{ absent: attribute }, ...bounds] } : { any: bounds };
};
