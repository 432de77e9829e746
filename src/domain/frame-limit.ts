import { admit, type RateLimit } from './rate-limit.js';

/** Of a connection: what `admit` left of its frames, and of its refusals. */
export interface FrameLimiterState {
  frames?: number | undefined;
  refusals?: number | undefined;
}

export interface FrameVerdict {
  /** `abusive`: refused so often that the connection is to be closed. */
  verdict: 'admitted' | 'limited' | 'abusive';
  state: FrameLimiterState;
  retryAfterMs: number;
}

export const FRAME_LIMIT: RateLimit = { perSecond: 10, burst: 20 };

/** Refusals that may come at once before they are abuse, as a multiple of the frames that may. */
const PATIENCE = 5;

/** How often a connection may be refused before that is abuse. */
export const refusalLimit = ({ perSecond, burst }: RateLimit): RateLimit => ({
  perSecond,
  burst: PATIENCE * burst,
});

/**
 * Refusals are themselves limited, to the rate of the frames, and running out of them is abuse. A client that waits
 * as long as it is told is refused at most once per admitted frame, so it never runs out; one that sends three times
 * what it may does after ten seconds, a flood of 1,000/s within a quarter of one. Counting refusals in a row would
 * miss most floods: now and then a frame is admitted, and would start the count anew.
 */
export const judgeFrame = (
  state: FrameLimiterState,
  now: number,
  limit: RateLimit = FRAME_LIMIT,
): FrameVerdict => {
  const frame = admit(state.frames, now, limit);
  if (frame.admitted) {
    return { verdict: 'admitted', state: { ...state, frames: frame.state }, retryAfterMs: 0 };
  }
  const refusal = admit(state.refusals, now, refusalLimit(limit));
  return {
    verdict: refusal.admitted ? 'limited' : 'abusive',
    state: { frames: frame.state, refusals: refusal.state },
    retryAfterMs: frame.retryAfterMs,
  };
};
