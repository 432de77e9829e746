/** `perSecond` in the long run, and `burst` at once, which is at least 1. */
export interface RateLimit {
  perSecond: number;
  burst: number;
  /** How far the clocks of two processes may be apart; absent: 60 s. */
  skewMs?: number;
}

const SKEW_MS = 60_000;

/** A number from the first to the second, both included. */
export type Bounds = readonly [least: number, most: number];

/**
 * One request, as a change of one number that is made only where the number lies within bounds: a store can make it
 * without reading the number first. A number that is absent counts as 0.
 */
export interface Step {
  within: readonly Bounds[];
  change: { set: number } | { add: number };
}

export interface Steps {
  /** Where nothing is used; and where the number is so far ahead that only a wrong clock can have written it. */
  start: Step;
  /** Where something is used, and there is room for one more. */
  raise: Step;
}

/**
 * The generic cell rate algorithm: within any time t at most burst + perSecond · t are admitted. The number is the moment
 * when all is forgotten, in whole µs: fractions of milliseconds do not add up at the size of an epoch time.
 *
 * A number that is ahead by the limit's own reach and 60 s is believed: processes whose clocks are that far apart admit
 * together at most burst + perSecond · (t + 60 s). One further ahead begins anew.
 */
export const stepsAt = (now: number, limit: RateLimit): Steps => {
  const nowUs = Math.floor(now * 1000);
  const interval = intervalOf(limit);
  const reach = nowUs + interval * limit.burst;
  const believed = reach + 1000 * (limit.skewMs ?? SKEW_MS);
  return {
    start: {
      within: [
        [0, nowUs - 1],
        [believed + 1, Number.MAX_SAFE_INTEGER],
      ],
      change: { set: nowUs + interval },
    },
    raise: { within: [[nowUs, reach - interval]], change: { add: interval } },
  };
};

export const fits = ({ within }: Step, state: number): boolean =>
  within.some(([least, most]) => least <= state && state <= most);

export interface Admission {
  admitted: boolean;
  /** One whole number, to be handed in with the next request. */
  state: number;
  /** 0 when admitted; otherwise a request after this time is admitted, if none came in between. */
  retryAfterMs: number;
}

/** Takes the step that fits. */
export const admit = (state: number | undefined, now: number, limit: RateLimit): Admission => {
  const { start, raise } = stepsAt(now, limit);
  const known = state ?? 0;
  const step = [start, raise].find((one) => fits(one, known));
  if (!step) return { admitted: false, state: known, retryAfterMs: waitMs(known, now, limit) };
  const { change } = step;
  return { admitted: true, state: 'set' in change ? change.set : known + change.add, retryAfterMs: 0 };
};

/** How far ahead a number is, in milliseconds, where only a wrong clock can have written it; 0 elsewhere. */
export const aheadMs = (state: number, now: number, limit: RateLimit): number => {
  const ms = Math.round(state / 1000 - now);
  return ms > SKEW_MS + (intervalOf(limit) * limit.burst) / 1000 ? ms : 0;
};

/** How long until there is room for one more; 0 when there is. */
export const waitMs = (state: number, now: number, limit: RateLimit): number => {
  const room = Math.floor(now * 1000) + intervalOf(limit) * (limit.burst - 1);
  return Math.max(0, Math.ceil((state - room) / 1000));
};

/** In whole µs: what one request costs. Where all clocks agree, no refused request has to wait longer for its turn. */
export const intervalOf = ({ perSecond }: RateLimit): number => Math.ceil(1_000_000 / perSecond);
