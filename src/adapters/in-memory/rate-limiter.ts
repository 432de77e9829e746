import type { Room, UserId } from '../../../protocol/names.js';
import type { Clock } from '../../application/ports/clock.js';
import type { LimitReset, RateLimiter, Verdict } from '../../application/ports/rate-limiter.js';
import { type Allowance, type Counter, judge } from '../../domain/limits/allowance.js';
import { connectsOf, probesOf } from '../../domain/limits/connect-limit.js';
import { framesOf } from '../../domain/limits/frame-limit.js';
import { noticesOf } from '../../domain/limits/notice-limit.js';
import { publicationsOf } from '../../domain/limits/publish-rate.js';
import { admit, aheadMs, type RateLimit } from '../../domain/limits/rate-limit.js';
import { verificationsOf } from '../../domain/limits/verification-limit.js';

const REMEMBERED = 10_000;

/** For one process. */
export class InMemoryRateLimiter implements RateLimiter {
  readonly #states = new Map<string, number>();

  constructor(
    private readonly clock: Clock,
    private readonly frameLimit: RateLimit,
    readonly connectionsPerUser: number,
    private readonly onReset: (reset: LimitReset) => void = () => {},
  ) {}

  async frame(connectionId: string, userId: UserId): Promise<Verdict<'admitted' | 'limited' | 'abusive'>> {
    return this.#judge(framesOf(this.frameLimit, connectionId, userId));
  }

  async publication(room: Room, members: number): Promise<Verdict<'admitted' | 'limited'>> {
    return this.#judge(publicationsOf(room, members));
  }

  async notice(room: Room, pushes: number): Promise<Verdict<'admitted' | 'last' | 'limited'>> {
    return this.#judge(noticesOf(room, pushes));
  }

  async connect(userId: UserId): Promise<Verdict<'admitted' | 'limited'>> {
    return this.#judge(connectsOf(userId, this.connectionsPerUser));
  }

  async probe(userId: UserId): Promise<Verdict<'admitted' | 'limited'>> {
    return this.#judge(probesOf(userId));
  }

  async verification(room: Room): Promise<Verdict<'admitted' | 'limited'>> {
    return this.#judge(verificationsOf(room));
  }

  #judge<Outcome>(allowance: Allowance<Outcome>): Promise<Verdict<Outcome>> {
    return judge(allowance, {
      wait: (counter) => this.#admit(counter).retryAfterMs,
      count: async (counter) => {
        const { state, retryAfterMs } = this.#admit(counter);
        this.#warnOf(counter);
        this.#remember(keyOf(counter), state);
        return retryAfterMs;
      },
    });
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
