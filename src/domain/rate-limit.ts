/** So many per second in the long run, and so many at once. `burst` is at least 1. */
export interface RateLimit {
  perSecond: number;
  burst: number;
}

export interface Admission {
  admitted: boolean;
  /** One whole number, to be handed in with the next request: the moment (in µs) when all is forgotten. */
  state: number;
  /** 0 when admitted; otherwise a request after this time is admitted, if none came in between. */
  retryAfterMs: number;
}

/**
 * The generic cell rate algorithm: within any time t at most burst + perSecond · t are admitted. A clock that goes
 * back costs at most the burst: a moment further ahead than the burst reaches is never believed. Whole
 * microseconds, because fractions of milliseconds do not add up at the size of an epoch time.
 */
export const admit = (state: number | undefined, now: number, { perSecond, burst }: RateLimit): Admission => {
  const nowUs = Math.floor(now * 1000);
  const interval = Math.ceil(1_000_000 / perSecond);
  const capacity = interval * burst;
  const used = Math.min(Math.max((state ?? nowUs) - nowUs, 0), capacity);
  const excess = used + interval - capacity;
  return excess > 0
    ? { admitted: false, state: nowUs + used, retryAfterMs: Math.ceil(excess / 1000) }
    : { admitted: true, state: nowUs + used + interval, retryAfterMs: 0 };
};
