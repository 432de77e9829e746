import type { Clock } from '../../application/ports/clock.js';
import type { RateLimiter, Verdict } from '../../application/ports/rate-limiter.js';
import { refusalLimit } from '../../domain/frame-limit.js';
import { publishRateFor } from '../../domain/publish-rate.js';
import { type RateLimit, rateWindow } from '../../domain/rate-limit.js';
import type { Room } from '../../domain/room.js';
import { rateKey } from './keys.js';
import { expiry } from './row.js';
import type { Table } from './table.js';

/** By then every limit has forgotten. */
const KEPT_MS = 3_600_000;

const REMEMBERED = 1_000;

/**
 * `admit` as conditional updates: nothing is read, and however many count at once, none is lost. An unused limit is set,
 * a used one is raised; which of the two it is, an instance that has seen the row most often knows beforehand.
 */
export class DynamoDBRateLimiter implements RateLimiter {
  readonly #states = new Map<string, number>();

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
    // A state only grows: one that was in use is not to be started anew, and a refusal costs one try.
    const inUse = (this.#states.get(`${attribute} ${id}`) ?? 0) >= nowUs;
    const row = inUse ? await raise() : ((await start()) ?? (await raise()));
    if (row) this.#remember(`${attribute} ${id}`, row[attribute] as number);
    return row !== undefined;
  }

  #remember(id: string, state: number): void {
    this.#states.delete(id);
    this.#states.set(id, state);
    const oldest = this.#states.keys().next();
    if (this.#states.size > REMEMBERED && !oldest.done) this.#states.delete(oldest.value);
  }
}

/** No refused request has to wait longer for its turn. */
const intervalMs = (limit: RateLimit): number => Math.ceil(rateWindow(0, limit).interval / 1000);
