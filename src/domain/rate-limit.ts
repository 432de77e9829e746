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

/** A limit as of one moment, in whole µs: fractions of milliseconds do not add up at the size of an epoch time. */
export interface RateWindow {
  now: number;
  /** What one request costs. */
  interval: number;
  /** A state up to here has room for one more request. */
  latest: number;
}

export const rateWindow = (now: number, { perSecond, burst }: RateLimit): RateWindow => {
  const interval = Math.ceil(1_000_000 / perSecond);
  const nowUs = Math.floor(now * 1000);
  return { now: nowUs, interval, latest: nowUs + interval * (burst - 1) };
};

/**
 * The generic cell rate algorithm: within any time t at most burst + perSecond · t are admitted. A clock that goes
 * back costs at most the burst: a moment further ahead than the burst reaches is never believed.
 */
export const admit = (state: number | undefined, now: number, limit: RateLimit): Admission => {
  const window = rateWindow(now, limit);
  const reach = window.latest + window.interval;
  const used = Math.min(Math.max(state ?? window.now, window.now), reach);
  return used > window.latest
    ? { admitted: false, state: used, retryAfterMs: Math.ceil((used - window.latest) / 1000) }
    : { admitted: true, state: used + window.interval, retryAfterMs: 0 };
};
