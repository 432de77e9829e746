import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Membership } from '../../src/domain/membership.js';
import { hasLeft, isFirstOfUser, type Roster } from '../../src/domain/roster.js';

const member = (userId: string, connectionId: string, joinedAt: number): Membership => ({
  room: 'lobby',
  connectionId,
  userId,
  connectedAt: 0,
  joinedAt,
  expiresAt: 1e12,
});

const rosterOf = (memberships: Membership[]): Roster => ({
  memberships,
  users: [...new Set(memberships.map(({ userId }) => userId))],
  truncated: false,
});

describe('a roster', () => {
  const phone = member('bob', 'phone=', 5);
  const laptop = member('bob', 'laptop=', 7);
  const alice = member('alice', 'alice=', 1);

  it('knows a user’s first device from the next ones', () => {
    const roster = rosterOf([alice, phone, laptop]);

    expect(isFirstOfUser(phone, roster)).toBe(true);
    expect(isFirstOfUser(laptop, roster)).toBe(false);
    expect(isFirstOfUser(alice, roster)).toBe(true);
  });

  it('accepts a member that is not in it yet, or that was read twice', () => {
    expect(isFirstOfUser(phone, rosterOf([]))).toBe(true);
    expect(isFirstOfUser(phone, rosterOf([phone, phone]))).toBe(true);
    expect(isFirstOfUser(laptop, rosterOf([phone]))).toBe(false);
  });

  it('reports a user as left when they have no device there any more', () => {
    expect(hasLeft('bob', rosterOf([alice]))).toBe(true);
    expect(hasLeft('bob', rosterOf([alice, laptop]))).toBe(false);
    expect(hasLeft('bob', rosterOf([]))).toBe(true);
  });

  it('has exactly one first device of each user, for any number of joins in one millisecond', () => {
    const devices = fc.uniqueArray(
      fc.record({
        user: fc.constantFrom('a', 'b', 'c'),
        id: fc.string(),
        at: fc.integer({ min: 0, max: 3 }),
      }),
      { selector: ({ id }) => id, minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(devices, (them) => {
        const memberships = them.map(({ user, id, at }) => member(user, id, at));
        const roster = rosterOf(memberships);
        const first = memberships.filter((it) => isFirstOfUser(it, roster)).map(({ userId }) => userId);
        expect(first.toSorted()).toEqual([...roster.users].sort());
      }),
    );
  });
});
