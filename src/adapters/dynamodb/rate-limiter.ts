import type { Room } from '../../../protocol/names.js';
import type { Clock } from '../../application/ports/clock.js';
import type { RateLimiter, Verdict } from '../../application/ports/rate-limiter.js';
import { refusalLimit } from '../../domain/frame-limit.js';
import { publishRateFor } from '../../domain/publish-rate.js';
import { admit, type RateLimit, rateWindow } from '../../domain/rate-limit.js';
import { expiry } from './expiry.js';
import { rateKey } from './keys.js';
import type { Table } from './table.js';

/** After this time, every limit is unused again. */
const KEPT_MS = 3_600_000;

const REMEMBERED = 2_000;

interface Known {
  /** The value last seen in the row; it only grows. */
  row: number;
  /** The same, including requests under way. */
  asked: number;
}

/**
 * `admit` as conditional updates: it reads nothing, and simultaneous counts are never lost. This instance remembers its own
 * counts, so it refuses a flood before the flood reaches the table.
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
    if (await this.#admit(connectionId, 'frames', this.frameLimit))
      return { outcome: 'admitted', retryAfterMs: 0 };
    const patient = await this.#admit(connectionId, 'refusals', refusalLimit(this.frameLimit));
    return { outcome: patient ? 'limited' : 'abusive', retryAfterMs: intervalMs(this.frameLimit) };
  }

  async publication(room: Room, members: number): Promise<Verdict<'admitted' | 'limited'>> {
    const limit = publishRateFor(members);
    return (await this.#admit(room, 'publications', limit))
      ? { outcome: 'admitted', retryAfterMs: 0 }
      : { outcome: 'limited', retryAfterMs: intervalMs(limit) };
  }

  async #admit(id: string, attribute: string, limit: RateLimit): Promise<boolean> {
    const now = this.clock.now();
    const known = this.#knownOf(`${attribute} ${id}`);
    const { admitted, state } = admit(known.asked, now, limit);
    if (!admitted) return false;

    known.asked = state;
    const row = await this.#count(id, attribute, now, limit, known.row);
    if (row === undefined) {
      known.asked = rateWindow(now, limit).latest + 1;
      return false;
    }
    known.row = Math.max(known.row, row);
    known.asked = Math.max(known.asked, row);
    return true;
  }

  /** Sets an unused limit or raises a used one. Resolves to its state, or to undefined when it is exhausted. */
  async #count(id: string, attribute: string, now: number, limit: RateLimit, seen: number) {
    const { now: nowUs, interval, latest } = rateWindow(now, limit);
    const keep = expiry(now + KEPT_MS);
    const raise = () =>
      this.table.update(
        rateKey(id),
        { set: keep, increment: { [attribute]: interval } },
        { between: [attribute, nowUs, latest] },
      );
    const start = () =>
      this.table.update(
        rateKey(id),
        { set: { ...keep, [attribute]: nowUs + interval } },
        { any: [{ absent: attribute }, { below: [attribute, nowUs] }] },
      );
    const row = seen >= nowUs ? await raise() : ((await start()) ?? (await raise()));
    return row?.[attribute] as number | undefined;
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

/** Longest time that a refused request must wait. */
const intervalMs = (limit: RateLimit): number => Math.ceil(rateWindow(0, limit).interval / 1000);
