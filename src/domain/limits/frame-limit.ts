import type { UserId } from '../../../protocol/names.js';
import type { Allowance } from './allowance.js';
import { intervalOf, type RateLimit } from './rate-limit.js';

export const FRAME_LIMIT: RateLimit = { perSecond: 10, burst: 20 };

/** Connections of one user that may all be as busy as one may be. */
const BUSY_CONNECTIONS = 5;

/** Refusals that may come at once before they are abuse, as a multiple of the frames that may. */
const PATIENCE = 5;

/**
 * A frame counts for its connection and for its user. Refusals are themselves limited, to the rate of the frames, and
 * running out of them is abuse. A client that waits as long as it is told is refused at most once per admitted frame, so
 * it never runs out; one that sends three times what it may does after ten seconds, a flood of 1,000/s within a quarter
 * of one. Counting refusals in a row would miss most floods: now and then a frame is admitted, and would start the count
 * anew. What a faster clock
 * counted is no proof of abuse: refusals further ahead than they reach begin anew.
 */
export const framesOf = (
  limit: RateLimit,
  connectionId: string,
  userId: UserId,
): Allowance<'admitted' | 'limited' | 'abusive'> => {
  const connection = { of: 'connection', id: connectionId } as const;
  const ofUser = { perSecond: BUSY_CONNECTIONS * limit.perSecond, burst: BUSY_CONNECTIONS * limit.burst };
  const refusals = { ...limit, burst: PATIENCE * limit.burst, skewMs: 0 };
  return {
    tiers: [
      {
        counters: [
          { ...connection, attribute: 'frames', limit },
          { of: 'user', id: userId, attribute: 'frames', limit: ofUser },
        ],
        outcome: 'admitted',
      },
      {
        counters: [{ ...connection, attribute: 'refusals', limit: refusals }],
        outcome: 'limited',
      },
    ],
    beyond: 'abusive',
    // As long as the connection's own limit: the refusals of a client that waits are counted at the rate of its frames.
    leastWaitMs: Math.ceil(intervalOf(limit) / 1000),
  };
};
