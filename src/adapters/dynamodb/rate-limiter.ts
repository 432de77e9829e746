import type { Room } from '../../../protocol/names.js';
import type { Clock } from '../../application/ports/clock.js';
import type { RateLimiter, Verdict } from '../../application/ports/rate-limiter.js';
import { type Allowance, judge } from '../../domain/allowance.js';
import { framesOf } from '../../domain/frame-limit.js';
import { publicationsOf } from '../../domain/publish-rate.js';
import {
  admit,
  intervalOf,
  type RateLimit,
  type Step,
  type Steps,
  stepsAt,
} from '../../domain/rate-limit.js';
import { expiry } from './expiry.js';
import type { Change, Condition } from './expression.js';
import { rateKey } from './keys.js';
import type { Table } from './table.js';

/** After this time, every limit is unused again. */
const KEPT_MS = 3_600_000;

const REMEMBERED = 2_000;

interface Known {
  /** What the row was last seen to say; it only grows. */
  row: number;
  /** The same, with what is under way. */
  asked: number;
}

/**
 * The steps of a limit as conditional updates: it reads nothing, and simultaneous counts are never lost. This instance
 * remembers its own counts, so it refuses a flood before the flood reaches the table.
 */
export class DynamoDBRateLimiter implements RateLimiter {
  readonly #known = new Map<string, Known>();

  constructor(
    private readonly table: Table,
    private readonly clock: Clock,
    private readonly frameLimit: RateLimit,
    readonly connectionsPerUser: number,
  ) {}

  async frame(connectionId: string): Promise<Verdict<'admitted' | 'limited' | 'abusive'>> {
    return this.#judge(connectionId, framesOf(this.frameLimit));
  }

  async publication(room: Room, members: number): Promise<Verdict<'admitted' | 'limited'>> {
    return this.#judge(room, publicationsOf(members));
  }

  #judge<Outcome>(id: string, allowance: Allowance<Outcome>): Promise<Verdict<Outcome>> {
    return judge(allowance, async ({ attribute, limit }) =>
      (await this.#admit(id, attribute, limit)) ? 0 : Math.ceil(intervalOf(limit) / 1000),
    );
  }

  async #admit(id: string, attribute: string, limit: RateLimit): Promise<boolean> {
    const now = this.clock.now();
    const known = this.#knownOf(`${attribute} ${id}`);
    const { admitted, state } = admit(known.asked, now, limit);
    if (!admitted) return false;

    known.asked = state;
    const steps = stepsAt(now, limit);
    const row = await this.#count(id, attribute, now, steps, known.row);
    if (row === undefined) {
      known.asked = steps.raise.most + 1;
      return false;
    }
    known.row = Math.max(known.row, row);
    known.asked = Math.max(known.asked, row);
    return true;
  }

  /** Takes the first step whose bounds hold. Resolves to the row's number, or to undefined when it is exhausted. */
  async #count(id: string, attribute: string, now: number, { start, raise }: Steps, seen: number) {
    for (const step of seen < raise.least ? [start, raise] : [raise]) {
      const row = await this.table.update(
        rateKey(id),
        changed(attribute, step, expiry(now + KEPT_MS)),
        holding(attribute, step),
      );
      if (row) return row[attribute] as number;
    }
    return undefined;
  }

  /** Forgets the least recently used entry first. */
  #knownOf(id: string): Known {
    const known = this.#known.get(id) ?? { row: 0, asked: 0 };
    this.#known.delete(id);
    this.#known.set(id, known);
    const oldest = this.#known.keys().next();
    if (this.#known.size > REMEMBERED && !oldest.done) this.#known.delete(oldest.value);
    return known;
  }
}

const changed = (attribute: string, { change }: Step, set: ReturnType<typeof expiry>): Change =>
  'set' in change
    ? { set: { ...set, [attribute]: change.set } }
    : { set, increment: { [attribute]: change.add } };

const holding = (attribute: string, { least, most }: Step): Condition => {
  const within: Condition = { between: [attribute, least, most] };
  return least === 0 ? { any: [{ absent: attribute }, within] } : within;
};
