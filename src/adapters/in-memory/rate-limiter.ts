import type { Room } from '../../../protocol/names.js';
import type { Clock } from '../../application/ports/clock.js';
import type { RateLimiter, Verdict } from '../../application/ports/rate-limiter.js';
import { type FrameLimiterState, judgeFrame } from '../../domain/frame-limit.js';
import { publishRateFor } from '../../domain/publish-rate.js';
import { admit, type RateLimit } from '../../domain/rate-limit.js';

const REMEMBERED = 10_000;

/** For one process. */
export class InMemoryRateLimiter implements RateLimiter {
  readonly #connections = new Map<string, FrameLimiterState>();
  readonly #rooms = new Map<Room, number>();

  constructor(
    private readonly clock: Clock,
    private readonly frameLimit: RateLimit,
    readonly connectionsPerUser: number,
  ) {}

  async frame(connectionId: string): Promise<Verdict<'admitted' | 'limited' | 'abusive'>> {
    const known = this.#connections.get(connectionId) ?? {};
    const { verdict, state, retryAfterMs } = judgeFrame(known, this.clock.now(), this.frameLimit);
    remember(this.#connections, connectionId, state);
    return { outcome: verdict, retryAfterMs };
  }

  async publication(room: Room, members: number): Promise<Verdict<'admitted' | 'limited'>> {
    const limit = publishRateFor(members);
    const { admitted, state, retryAfterMs } = admit(this.#rooms.get(room), this.clock.now(), limit);
    remember(this.#rooms, room, state);
    return { outcome: admitted ? 'admitted' : 'limited', retryAfterMs };
  }
}

/** Forgets the least recently used entry first: its limit is most likely unused again. */
const remember = <Key, Value>(map: Map<Key, Value>, key: Key, value: Value): void => {
  map.delete(key);
  map.set(key, value);
  const oldest = map.keys().next();
  if (map.size > REMEMBERED && !oldest.done) map.delete(oldest.value);
};
