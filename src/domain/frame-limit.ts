import type { Allowance } from './allowance.js';
import type { RateLimit } from './rate-limit.js';

export const FRAME_LIMIT: RateLimit = { perSecond: 10, burst: 20 };

/** Refusals that may come at once before they are abuse, as a multiple of the frames that may. */
const PATIENCE = 5;

/**
 * Refusals are themselves limited, to the rate of the frames, and running out of them is abuse. A client that waits
 * as long as it is told is refused at most once per admitted frame, so it never runs out; one that sends three times
 * what it may does after ten seconds, a flood of 1,000/s within a quarter of one. Counting refusals in a row would
 * miss most floods: now and then a frame is admitted, and would start the count anew.
 */
export const framesOf = (limit: RateLimit): Allowance<'admitted' | 'limited' | 'abusive'> => ({
  tiers: [
    { attribute: 'frames', limit, outcome: 'admitted' },
    { attribute: 'refusals', limit: { ...limit, burst: PATIENCE * limit.burst }, outcome: 'limited' },
  ],
  beyond: 'abusive',
});
