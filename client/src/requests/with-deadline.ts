import type { Clock } from '../options/clock.js';

/** Rejects with the error from `late` if the promise has not settled in time. */
export const withDeadline = <T>(
  clock: Clock,
  promise: Promise<T>,
  ms: number,
  late: () => Error,
): Promise<T> =>
  new Promise((resolve, reject) => {
    const timer = clock.setTimeout(() => reject(late()), ms);
    promise.then(resolve, reject).finally(() => clock.clearTimeout(timer));
  });
