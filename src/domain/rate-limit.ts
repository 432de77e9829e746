/** So many per second in the long run, and so many at once. `burst` is at least 1. */
export interface RateLimit {
  perSecond: number;
  burst: number;
}

/**
 * One request, as a change of one number that is made only where the number lies within bounds: a store can make it
 * without reading the number first. A number that is absent counts as 0.
 */
export interface Step {
  least: number;
  most: number;
  change: { set: number } | { add: number };
}

export interface Steps {
  /** Where nothing is used. */
  start: Step;
  /** Where something is used, and there is room for one more. */
  raise: Step;
}

/**
 * The generic cell rate algorithm: within any time t at most burst + perSecond · t are admitted. The number is the moment
 * when all is forgotten, in whole µs: fractions of milliseconds do not add up at the size of an epoch time.
 */
export const stepsAt = (now: number, limit: RateLimit): Steps => {
  const nowUs = Math.floor(now * 1000);
  const interval = intervalOf(limit);
  return {
    start: { least: 0, most: nowUs - 1, change: { set: nowUs + interval } },
    raise: { least: nowUs, most: nowUs + interval * (limit.burst - 1), change: { add: interval } },
  };
};

export interface Admission {
  admitted: boolean;
  /** One whole number, to be handed in with the next request. */
  state: number;
  /** 0 when admitted; otherwise a request after this time is admitted, if none came in between. */
  retryAfterMs: number;
}

/**
 * Takes the step that fits. A clock that goes back costs at most the burst: a moment further ahead than the burst
 * reaches is never believed.
 */
export const admit = (state: number | undefined, now: number, limit: RateLimit): Admission => {
  const { start, raise } = stepsAt(now, limit);
  const known = Math.min(state ?? 0, raise.most + intervalOf(limit));
  const step = [start, raise].find(({ least, most }) => least <= known && known <= most);
  if (!step) return { admitted: false, state: known, retryAfterMs: Math.ceil((known - raise.most) / 1000) };
  const { change } = step;
  return { admitted: true, state: 'set' in change ? change.set : known + change.add, retryAfterMs: 0 };
};

/** In whole µs: what one request costs. No refused request has to wait longer for its turn. */
export const intervalOf = ({ perSecond }: RateLimit): number => Math.ceil(1_000_000 / perSecond);
