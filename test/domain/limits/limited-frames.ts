import { InMemoryCounters } from '../../../src/adapters/in-memory/counters.js';
import { CountingRateLimiter } from '../../../src/domain/limits/counting-rate-limiter.js';
import { FRAME_LIMIT } from '../../../src/domain/limits/frame-limit.js';
import { VirtualClock } from '../../support/time/virtual-clock.js';

/** The frames of one connection, at a time that the test sets. */
export const limitedFrames = () => {
  const clock = new VirtualClock();
  const limiter = new CountingRateLimiter(new InMemoryCounters(clock), FRAME_LIMIT, 10);
  return { clock, next: () => limiter.frame('c=', 'alice') };
};
