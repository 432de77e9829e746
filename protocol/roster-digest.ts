import type { UserId } from './names.js';

/** A member in a digest: the user id, and for a state its counter and the hash of its JSON text. */
export type RosterEntry = readonly [user: UserId] | readonly [user: UserId, counter: number, hash: number];

/** FNV-1a of 32 bits, over UTF-16 code units. */
export const hashOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
};

/** One number for the users in a room and their states, whatever the order of the list. */
export const rosterDigest = (entries: readonly RosterEntry[]): number =>
  entries.reduce((sum, entry) => sum + hashOf(JSON.stringify(entry)), 0) >>> 0;
