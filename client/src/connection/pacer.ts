import type { Clock } from '../options/clock.js';

/** So many at once, and one more for each interval that passed. */
export interface Pacer {
  /** Takes a turn and returns 0, or returns how many milliseconds to wait before asking again. */
  take(): number;
}

export const createPacer = (clock: Clock, burst: number, everyMs: number): Pacer => {
  let takenUntil = Number.NEGATIVE_INFINITY;
  return {
    take: () => {
      const now = clock.now();
      const waitMs = takenUntil - now - (burst - 1) * everyMs;
      // After a clock was set back, the wait is one turn at most.
      if (waitMs > 0 && waitMs <= burst * everyMs) return Math.min(waitMs, everyMs);
      takenUntil = (waitMs > 0 ? now : Math.max(takenUntil, now)) + everyMs;
      return 0;
    },
  };
};
