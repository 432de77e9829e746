const BASE_MS = 500;
const CAP_MS = 30_000;

/** Full jitter: anywhere from at once to twice as late as the last time, so that a crowd does not come back as one. */
export const backoff = (attempt: number, random: () => number): number =>
  random() * Math.min(CAP_MS, BASE_MS * 2 ** Math.min(attempt, 16));
