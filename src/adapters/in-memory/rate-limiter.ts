import type { Room } from '../../../protocol/names.js';
import type { Clock } from '../../application/ports/clock.js';
import type { RateLimiter, Verdict } from '../../application/ports/rate-limiter.js';
import { type Allowance, judge } from '../../domain/allowance.js';
import { framesOf } from '../../domain/frame-limit.js';
import { publicationsOf } from '../../domain/publish-rate.js';
import { admit, type RateLimit } from '../../domain/rate-limit.js';

const REMEMBERED = 10_000;

/** For one process. */
export class InMemoryRateLimiter implements RateLimiter {
  readonly #rows = new Map<string, Record<string, number>>();

  constructor(
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
    return judge(allowance, async ({ attribute, limit }) => {
      const row = this.#rowOf(id);
      const { state, retryAfterMs } = admit(row[attribute], this.clock.now(), limit);
      row[attribute] = state;
      return retryAfterMs;
    });
  }

  /** Forgets the least recently used entry first: its limit is most likely unused again. */
  #rowOf(id: string): Record<string, number> {
    const row = this.#rows.get(id) ?? {};
    this.#rows.delete(id);
    this.#rows.set(id, row);
    const oldest = this.#rows.keys().next();
    if (this.#rows.size > REMEMBERED && !oldest.done) this.#rows.delete(oldest.value);
    return row;
  }
}
