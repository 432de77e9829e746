import { SIGNAL_DELIVERIES_PER_SECOND } from '../../../protocol/limits.js';
import type { Room } from '../../../protocol/names.js';
import type { Allowance } from './allowance.js';
import type { RateLimit } from './rate-limit.js';

/** How many signals a room takes, by the number of pushes of each: 250/s with 2, 50/s with 10, 5/s with 100. */
export const signalRateFor = (recipients: number): RateLimit => {
  const perSecond = SIGNAL_DELIVERIES_PER_SECOND / Math.max(1, recipients);
  return { perSecond, burst: Math.max(1, Math.floor(perSecond)) };
};

export const signalAllowance = (room: Room, recipients: number): Allowance<'admitted' | 'limited'> => {
  const limit = signalRateFor(recipients);
  const counter = { of: 'room', id: room, attribute: 'signals', limit } as const;
  return { tiers: [{ counters: [counter], outcome: 'admitted' }], beyond: 'limited' };
};
