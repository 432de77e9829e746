const MILLISECOND_DIGITS = 13;

/** Sorts after `previous`, and before the letter `M` of `META`, which ends a room's partition. */
export const nextEpoch = (now: number, suffix: string, previous?: string): string => {
  const started = previous === undefined ? now : Math.max(now, startOf(previous) + 1);
  return `${String(started).padStart(MILLISECOND_DIGITS, '0')}-${suffix}`;
};

const startOf = (epoch: string): number => Number(epoch.slice(0, MILLISECOND_DIGITS));
