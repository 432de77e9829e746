import type { RateLimit } from './rate-limit.js';

/** Limits that are tried in turn: how often something may happen, and what a refusal means. */
export interface Allowance<Outcome> {
  tiers: readonly Tier<Outcome>[];
  /** The outcome when no tier admits. */
  beyond: Outcome;
  /** The shortest wait that a refusal names. */
  leastWaitMs?: number;
}

export interface Tier<Outcome> {
  /** Counted together; the tier admits if all of them do. */
  counters: readonly Counter[];
  outcome: Outcome;
}

/** One number in the row of a connection, a user or a room. */
export interface Counter {
  of: 'connection' | 'user' | 'room';
  id: string;
  attribute: string;
  limit: RateLimit;
}

/** The numbers in one store. Both methods return how long to wait; 0 means that the counter admits. */
export interface Counting {
  /** By what this process knows; changes nothing. */
  wait(counter: Counter): number;
  /** Counts once, unless the counter refuses. */
  count(counter: Counter): Promise<number>;
}

/** If one counter of a tier is known to refuse, none is counted. Of several waits the first counts. */
export const tryAllowance = async <Outcome>(
  { tiers, beyond, leastWaitMs = 0 }: Allowance<Outcome>,
  counting: Counting,
): Promise<{ outcome: Outcome; retryAfterMs: number }> => {
  let retryAfterMs = 0;
  for (const { counters, outcome } of tiers) {
    const known = Math.max(...counters.map((counter) => counting.wait(counter)));
    const waitMs = known || Math.max(...(await Promise.all(counters.map((one) => counting.count(one)))));
    if (waitMs === 0) return { outcome, retryAfterMs };
    retryAfterMs ||= Math.max(waitMs, leastWaitMs);
  }
  return { outcome: beyond, retryAfterMs };
};
