import type { UserId } from '../../protocol/names.js';
import type { Membership } from './membership.js';

/** Who is in a room: all memberships, or as many as were read of a large room. */
export interface Roster {
  memberships: readonly Membership[];
  users: readonly UserId[];
  /** There are more than `ROSTER_USERS`, or than `ROSTER_BYTES` hold: some are left out, and presence is not announced. */
  truncated: boolean;
}

/** Whether a device is the user's first in the room: of several that enter at once, exactly one is. */
export const isFirstOfUser = (membership: Membership, { memberships }: Roster): boolean =>
  !memberships.some(
    (other) =>
      other.userId === membership.userId &&
      other.connectionId !== membership.connectionId &&
      precedes(other, membership),
  );

export const hasLeft = (userId: UserId, { users }: Roster): boolean => !users.includes(userId);

const precedes = (a: Membership, b: Membership): boolean =>
  a.joinedAt < b.joinedAt || (a.joinedAt === b.joinedAt && a.connectionId < b.connectionId);
