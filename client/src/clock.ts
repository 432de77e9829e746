/** The only source of time in this library. */
export interface Clock {
  /** Milliseconds; only differences matter. */
  now(): number;
  setTimeout(callback: () => void, ms: number): unknown;
  clearTimeout(timer: unknown): void;
}

/** Rejects with what `late` makes if the promise has not settled in time. */
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

export const sleep = (clock: Clock, ms: number): Promise<void> =>
  new Promise((resolve) => {
    clock.setTimeout(resolve, ms);
  });
