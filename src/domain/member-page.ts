import type { Members } from '../../protocol/actions.js';
import { ROSTER_BYTES } from '../../protocol/limits.js';
import type { UserState } from '../../protocol/member-state.js';
import type { UserId } from '../../protocol/names.js';
import { writeJson } from './json/write-json.js';
import type { MemberState } from './member-state.js';
import type { Membership } from './membership.js';
import { newestOf, placeBetween, type Roster } from './roster.js';

/** The newest state of each user. */
export const shownStates = (
  memberships: readonly Membership[],
  states: ReadonlyMap<string, MemberState>,
): ReadonlyMap<UserId, UserState> => {
  const shown = new Map<UserId, UserState>();
  for (const [user, { connectionId, stamp }] of newestOf(memberships)) {
    const said = states.get(connectionId);
    // With another counter it is being replaced, and the connection that replaces it tells the room.
    if (said?.counter === stamp.counter) shown.set(user, { user, ...said });
  }
  return shown;
};

/**
 * As many members as fit, with their states, from a place in the order of connection ids. That order is random, so a page is
 * sorted by user.
 */
export const memberPage = (
  { memberships, truncated, next: rest }: Roster,
  shown: ReadonlyMap<UserId, UserState>,
  from = '',
): Omit<Members, 'room'> => {
  const members = new Set<UserId>();
  const states: UserState[] = [];
  let left = ROSTER_BYTES;
  let last: string | undefined;
  let next = rest;
  for (const { userId, connectionId } of memberships.filter((one) => one.connectionId >= from)) {
    if (!members.has(userId)) {
      const said = shown.get(userId);
      left -= bytesOf(userId) + (said ? bytesOf(said) : 0);
      if (left < 0 && members.size > 0) {
        next = placeBetween(last, connectionId);
        break;
      }
      members.add(userId);
      if (said) states.push(said);
    }
    last = connectionId;
  }
  return {
    members: [...members].sort(),
    ...(states.length > 0 && { states: states.toSorted((a, b) => (a.user < b.user ? -1 : 1)) }),
    ...(truncated && { truncated }),
    ...(next !== undefined && { next }),
  };
};

/** In a list, its comma included. */
const bytesOf = (entry: UserId | UserState): number => Buffer.byteLength(writeJson(entry)) + 1;
