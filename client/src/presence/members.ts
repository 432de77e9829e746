import type { AnnouncedState } from '../../../protocol/member-state.js';
import { hashOf, type RosterEntry, rosterDigest } from '../../../protocol/roster-digest.js';
import type { Member } from '../room.js';

/** The members in a notice, or in a page of a list. */
export interface MembersChange {
  readonly joined?: readonly string[];
  readonly left?: readonly string[];
  readonly states?: readonly AnnouncedState[] | undefined;
}

/** Users, not connections. Of two states the one with the higher counter is newer, unless its device has left. */
export const mergeMembers = (
  members: readonly Member[],
  { joined = [], left = [], states = [] }: MembersChange,
): readonly Member[] => {
  const known = new Map(members.map((member) => [member.user, member]));
  for (const user of joined) if (!known.has(user)) known.set(user, { user, state: null, counter: 0 });
  for (const user of left) known.delete(user);
  for (const { user, state, counter, replaces = 0 } of states) {
    const before = known.get(user)?.counter ?? Number.POSITIVE_INFINITY;
    if (counter > before || replaces >= before) known.set(user, { user, state, counter });
  }
  return [...known.values()];
};

/** The same digest as the server computes. */
export const digestOf = (members: readonly Member[]): number =>
  rosterDigest(
    members.map(
      ({ user, state, counter }): RosterEntry =>
        counter ? [user, counter, hashOf(JSON.stringify(state))] : [user],
    ),
  );
