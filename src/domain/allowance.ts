import type { RateLimit } from './rate-limit.js';

/** What may be done how often, and what it means when that is exceeded: limits of one row, each tried in turn. */
export interface Allowance<Outcome> {
  tiers: readonly Tier<Outcome>[];
  /** When no tier admits. */
  beyond: Outcome;
}

export interface Tier<Outcome> {
  /** Where its number stands in the row. */
  attribute: string;
  limit: RateLimit;
  outcome: Outcome;
}

/** `count` resolves to how long to wait, 0 when the tier admits. Of several waits the first counts. */
export const judge = async <Outcome>(
  { tiers, beyond }: Allowance<Outcome>,
  count: (tier: Tier<Outcome>) => Promise<number>,
): Promise<{ outcome: Outcome; retryAfterMs: number }> => {
  let retryAfterMs = 0;
  for (const tier of tiers) {
    const waitMs = await count(tier);
    if (waitMs === 0) return { outcome: tier.outcome, retryAfterMs };
    retryAfterMs ||= waitMs;
  }
  return { outcome: beyond, retryAfterMs };
};
