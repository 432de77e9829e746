import type { Room } from '../../../protocol/names.js';
import type { Allowance } from './allowance.js';

/** Connections of a room that are asked about at once. */
export const PROBES_PER_VERIFICATION = 20;

/** How often the server checks which members of a room are still open: once in ten seconds. */
export const verificationAllowance = (room: Room): Allowance<'admitted' | 'limited'> => {
  const limit = { perSecond: 0.1, burst: 1 };
  const counter = { of: 'room', id: room, attribute: 'verifications', limit } as const;
  return { tiers: [{ counters: [counter], outcome: 'admitted' }], beyond: 'limited' };
};
