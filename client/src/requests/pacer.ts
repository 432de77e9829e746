import type { Clock } from '../options/clock.js';

/**
 * Allows this many turns at once, and one more after each interval. The returned function takes a turn and returns 0, or
 * returns how many milliseconds to wait before the next call.
 */
export const createPacer = (clock: Clock, burst: number, everyMs: number): (() => number) => {
  let takenUntil = clock.now();
  return () => {
    const now = clock.now();
    const waitMs = takenUntil - now - (burst - 1) * everyMs;
    if (waitMs > 0) return Math.min(waitMs, everyMs);
    takenUntil = Math.max(takenUntil, now) + everyMs;
    return 0;
  };
};
