import type { Room } from '../../../protocol/names.js';
import type { Allowance } from './allowance.js';
import type { RateLimit } from './rate-limit.js';

/**
 * Deliveries per second that one room may cause: a fifth of the 10,000 calls per second that an AWS account has by
 * default for all its APIs together, callbacks included.
 */
const DELIVERIES_PER_SECOND = 2000;

/** However small the room: each publication is a write to one partition, which takes 1,000 a second. */
const FASTEST_PER_SECOND = 100;

/**
 * Even in the largest room: one publication in ten seconds. From 20,000 members on, this exceeds the budget of deliveries.
 */
const SLOWEST_PER_SECOND = 0.1;

/** How many publications a room of this size takes: 100/s up to 20 members, 20/s at 100, 2/s at 1,000. */
export const publishRateFor = (members: number): RateLimit => {
  const affordable = DELIVERIES_PER_SECOND / Math.max(1, members);
  const perSecond = Math.min(FASTEST_PER_SECOND, Math.max(SLOWEST_PER_SECOND, affordable));
  return { perSecond, burst: Math.max(1, Math.floor(perSecond)) };
};

export const publishAllowance = (room: Room, members: number): Allowance<'admitted' | 'limited'> => {
  const limit = publishRateFor(members);
  const counter = { of: 'room', id: room, attribute: 'publications', limit } as const;
  return { tiers: [{ counters: [counter], outcome: 'admitted' }], beyond: 'limited' };
};
