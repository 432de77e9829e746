import { UnlimitedRateLimiter } from '../../adapters/unlimited/rate-limiter.js';
import type { LimitReset, RateLimiter } from '../../application/ports/rate-limiter.js';
import type { Counting } from '../../domain/limits/allowance.js';
import { CountingRateLimiter } from '../../domain/limits/counting-rate-limiter.js';
import type { EventLog } from '../event-log.js';
import type { Settings } from '../settings.js';

/** The limits of these settings, counted in one store. */
export const createRateLimiter = (settings: Settings, counting: Counting): RateLimiter => {
  if (settings.RATE_LIMIT === 'off') return new UnlimitedRateLimiter();
  const frameLimit = { perSecond: settings.FRAMES_PER_SECOND, burst: settings.FRAMES_AT_ONCE };
  return new CountingRateLimiter(counting, frameLimit, settings.CONNECTIONS_PER_USER);
};

/** A row that is far ahead of the clock: some instance's clock is wrong. */
export const warnOfReset = (log: EventLog | undefined) => (reset: LimitReset) =>
  log?.warn(reset, 'A limit was ahead of the clock and began anew');
