import type { Room } from '../../../protocol/names.js';
import type { Allowance } from './allowance.js';
import type { RateLimit } from './rate-limit.js';

/** Pushes per second that presence may cause in one room. */
const PUSHES_PER_SECOND = 200;

/** Pushes that the notices of one `hello` may cause. */
export const PUSHES_PER_HELLO = 200;

/** How long a client waits before it asks for the roster once the limit is used up: then each member sends one frame. */
export const ASK_AFTER_MS = 5_000;

/** How many notices a room takes, by the number of pushes of each: 100/s with 2, 20/s with 10, 2/s with 100. */
export const noticeRateFor = (pushes: number): RateLimit => {
  const perSecond = Math.max(1, Math.floor(PUSHES_PER_SECOND / Math.max(1, pushes)));
  return { perSecond, burst: perSecond };
};

/** `last`: this notice uses up the limit, so later ones may not be sent. */
export const noticeAllowance = (room: Room, pushes: number): Allowance<'admitted' | 'last' | 'limited'> => {
  const limit = noticeRateFor(pushes);
  const counter = { of: 'room', id: room, attribute: 'notices' } as const;
  const butOne = { ...limit, burst: limit.burst - 1 };
  return {
    tiers: [
      ...(butOne.burst > 0
        ? [{ counters: [{ ...counter, limit: butOne }], outcome: 'admitted' as const }]
        : []),
      { counters: [{ ...counter, limit }], outcome: 'last' },
    ],
    beyond: 'limited',
  };
};
