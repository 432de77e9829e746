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
 * One request, as a change of one number on the condition that the number lies within bounds: a store can apply it
 * without reading the number first. An absent number counts as 0.
 */
export interface Step {
  within: readonly Bounds[];
  change: { set: number } | { add: number };
}

export interface Steps {
  /** Applies when nothing is used, or when the number is so far ahead that only a wrong clock can have written it. */
  start: Step;
  /** Applies when part of the limit is used, and one more request fits. */
  raise: Step;
}

/**
 * The generic cell rate algorithm: within any time t at most burst + perSecond · t are admitted. The number is the time
 * when the limit is unused again, in whole µs: fractions of milliseconds do not add up at the size of an epoch time.
 *
 * A number may be ahead by the limit's own reach and 60 s: processes whose clocks are that far apart together admit
 * at most burst + perSecond · (t + 60 s). A number further ahead begins anew.
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
  /** One whole number; hand it in with the next request. */
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

/** How far ahead a number is, in milliseconds, if only a wrong clock can have written it; otherwise 0. */
export const aheadMs = (state: number, now: number, limit: RateLimit): number => {
  const ms = Math.round(state / 1000 - now);
  return ms > SKEW_MS + (intervalOf(limit) * limit.burst) / 1000 ? ms : 0;
};

/** How long until one more request fits; 0 if it fits now. */
export const waitMs = (state: number, now: number, limit: RateLimit): number => {
  const room = Math.floor(now * 1000) + intervalOf(limit) * (limit.burst - 1);
  return Math.max(0, Math.ceil((state - room) / 1000));
};

/** The cost of one request, in whole µs. If all clocks agree, no refused request has to wait longer. */
export const intervalOf = ({ perSecond }: RateLimit): number => Math.ceil(1_000_000 / perSecond);
