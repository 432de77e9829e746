import type { RateLimiter, Verdict } from '../../application/ports/rate-limiter.js';

const ADMITTED: Verdict<'admitted'> = { outcome: 'admitted', retryAfterMs: 0 };

/** For `RATE_LIMIT=off`: counts nothing and writes nothing. */
export class UnlimitedRateLimiter implements RateLimiter {
  readonly connectionsPerUser = Number.POSITIVE_INFINITY;
  readonly rates = {};

  async frame(): Promise<Verdict<'admitted'>> {
    return ADMITTED;
  }

  async publication(): Promise<Verdict<'admitted'>> {
    return ADMITTED;
  }

  async signal(): Promise<Verdict<'admitted'>> {
    return ADMITTED;
  }

  async notice(): Promise<Verdict<'admitted'>> {
    return ADMITTED;
  }

  async connect(): Promise<Verdict<'admitted'>> {
    return ADMITTED;
  }

  async probe(): Promise<Verdict<'admitted'>> {
    return ADMITTED;
  }
}
