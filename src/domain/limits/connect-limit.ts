import type { UserId } from '../../../protocol/names.js';
import type { Allowance } from './allowance.js';

/** A user whose devices all reconnect at once, twice, is no flood. */
const ROUNDS = 3;

/** Attempts to connect that a user has, whatever becomes of them: each one beyond costs a write and nothing else. */
export const connectsOf = (userId: UserId, connectionsPerUser: number): Allowance<'admitted' | 'limited'> => {
  const limit = { perSecond: 1, burst: ROUNDS * connectionsPerUser };
  const counter = { of: 'user', id: userId, attribute: 'connects', limit } as const;
  return { tiers: [{ counters: [counter], outcome: 'admitted' }], beyond: 'limited' };
};

/** How often it is looked which connections of a user are still open: once in ten seconds. */
export const probesOf = (userId: UserId): Allowance<'admitted' | 'limited'> => {
  const limit = { perSecond: 0.1, burst: 1 };
  const counter = { of: 'user', id: userId, attribute: 'probes', limit } as const;
  return { tiers: [{ counters: [counter], outcome: 'admitted' }], beyond: 'limited' };
};
