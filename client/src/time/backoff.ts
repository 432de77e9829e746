const BASE_MS = 500;
const CAP_MS = 30_000;

/** Below this share of the longest pause there is none, whatever the dice say: it has to grow. */
const LEAST = 0.05;

/** Jitter over nearly the whole pause, which doubles each time, so that a crowd does not come back as one. */
export const backoff = (attempt: number, random: () => number): number =>
  Math.max(LEAST, random()) * Math.min(CAP_MS, BASE_MS * 2 ** attempt);
