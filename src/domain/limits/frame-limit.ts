import type { UserId } from '../../../protocol/names.js';
import type { Allowance } from './allowance.js';
import { intervalOf, type RateLimit } from './rate-limit.js';

export const FRAME_LIMIT: RateLimit = { perSecond: 10, burst: 20 };

/** How many connections of one user may use their full limit at the same time. */
const BUSY_CONNECTIONS = 5;

/** The burst of refusals before they are abuse, as a multiple of the burst of frames. */
const PATIENCE = 5;

/**
 * A frame counts for its connection and for its user. Refusals have a limit too, with the rate of the frames, and a client
 * that exceeds it is abusive. A client that waits as long as it is told is refused at most once per admitted frame, so it
 * never exceeds the limit. A client at three times its rate exceeds it after ten seconds, a flood of 1,000/s within a
 * quarter of a second. Counting refusals in a row would miss most floods: now and then a frame is admitted, and would
 * restart the count. Refusals that a faster clock counted prove no abuse: a number further ahead than their limit reaches
 * begins anew.
 */
export const frameAllowance = (
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
    // As long as the connection's own limit: a client that waits is refused no more often than it sends frames.
    leastWaitMs: Math.ceil(intervalOf(limit) / 1000),
  };
};
