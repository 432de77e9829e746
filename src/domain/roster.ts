import type { UserId } from '../../protocol/names.js';
import { rosterDigest } from '../../protocol/roster-digest.js';
import type { StateStamp } from './member-state.js';
import type { Membership } from './membership.js';

/** The members of a room: all memberships, or the first ones of a large room. */
export interface Roster {
  memberships: readonly Membership[];
  users: readonly UserId[];
  /** More than `ROSTER_USERS` users, or more than `ROSTER_BYTES`: some are left out, and presence is not announced. */
  truncated: boolean;
  /** Where the omitted members begin, in the order of connection ids. */
  next?: string | undefined;
}

export type StampedMembership = Membership & { stamp: StateStamp };

/** Whether a device is the user's first in the room: of several that enter at the same time, exactly one is. */
export const isFirstOfUser = (membership: Membership, { memberships }: Roster): boolean =>
  !memberships.some(
    (other) =>
      other.userId === membership.userId &&
      other.connectionId !== membership.connectionId &&
      precedes(other, membership),
  );

export const hasLeft = (userId: UserId, { users }: Roster): boolean => !users.includes(userId);

/** By user, the connection with the newest state: with the highest counter, and among equals the highest id. */
export const newestOf = (memberships: readonly Membership[]): ReadonlyMap<UserId, StampedMembership> => {
  const newest = new Map<UserId, StampedMembership>();
  for (const membership of memberships.filter(isStamped)) {
    const known = newest.get(membership.userId);
    if (!known || isOlder(known, membership)) newest.set(membership.userId, membership);
  }
  return newest;
};

export const isStamped = (membership: Membership): membership is StampedMembership =>
  membership.stamp !== undefined;

export const isOlder = (a: StampedMembership, b: StampedMembership): boolean =>
  a.stamp.counter < b.stamp.counter ||
  (a.stamp.counter === b.stamp.counter && a.connectionId < b.connectionId);

/** Only for a roster that was read completely. */
export const digestOf = ({ memberships, users }: Roster): number => {
  const newest = newestOf(memberships);
  return rosterDigest(
    users.map((user) => {
      const stamp = newest.get(user)?.stamp;
      return stamp ? [user, stamp.counter, stamp.hash] : [user];
    }),
  );
};

/** The shortest text that sorts after one connection id and not after the next: it reveals less than an id. */
export const placeBetween = (last: string | undefined, next: string): string => {
  let same = 0;
  while (last !== undefined && last[same] === next[same]) same += 1;
  return next.slice(0, same + 1);
};

const precedes = (a: Membership, b: Membership): boolean =>
  a.joinedAt < b.joinedAt || (a.joinedAt === b.joinedAt && a.connectionId < b.connectionId);
