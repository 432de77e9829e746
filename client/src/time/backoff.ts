const BASE_MS = 500;
const CAP_MS = 30_000;

/** No pause is below this share of its longest value, whatever the random number: pauses have to grow. */
const LEAST = 0.05;

/** Jitter over nearly the whole pause, which doubles each time, so that many clients do not come back together. */
export const backoff = (attempt: number, random: () => number): number =>
  Math.max(LEAST, random()) * Math.min(CAP_MS, BASE_MS * 2 ** attempt);
