import type { UserId } from '../../../protocol/names.js';
import type { Allowance } from './allowance.js';

/** A user whose devices all reconnect at once, twice, is no flood. */
const ROUNDS = 3;

/** Attempts to connect of a user, successful or not. An attempt beyond the limit costs only one write. */
export const connectAllowance = (
  userId: UserId,
  connectionsPerUser: number,
): Allowance<'admitted' | 'limited'> => {
  const limit = { perSecond: 1, burst: ROUNDS * connectionsPerUser };
  const counter = { of: 'user', id: userId, attribute: 'connects', limit } as const;
  return { tiers: [{ counters: [counter], outcome: 'admitted' }], beyond: 'limited' };
};

/** How often the server checks which connections of a user are still open: once in ten seconds. */
export const probeAllowance = (userId: UserId): Allowance<'admitted' | 'limited'> => {
  const limit = { perSecond: 0.1, burst: 1 };
  const counter = { of: 'user', id: userId, attribute: 'probes', limit } as const;
  return { tiers: [{ counters: [counter], outcome: 'admitted' }], beyond: 'limited' };
};
