import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ANY_ROOM } from '../../protocol/any-room.js';
import { inboxOf, ROOM_NAME, USER_ID } from '../../protocol/names.js';
import { isJoinable, isOpenTo } from '../../src/domain/room.js';

const nobodysRooms = [
  ['a separator', 'a#b'],
  ['nothing', ''],
  ['a path', '../x'],
  ['a slash', 'a/b'],
  ['a blank', 'a b'],
  ['a blank at the end', 'a '],
  ['a line feed at the end', 'a\n'],
  ['fullwidth letters', 'ｌｏｂｂｙ'],
  ['a Cyrillic а', 'lоbby'],
  ['an umlaut', 'ä'],
  ['a zero-width space', 'lob\u200bby'],
  ['a zero-width joiner at the end', 'lobby\u200d'],
  ['a byte order mark', '\ufefflobby'],
  ['half of a surrogate pair', 'a\ud800'],
  ['an emoji', '🙂'],
  ['a control character', 'a\u0000'],
  ['an underscore first', '__proto__'],
  ['a dot first', '.a'],
  ['a hyphen first', '-a'],
  ['65 characters', 'a'.repeat(65)],
] as const;

describe('a room', () => {
  it.each(['a', 'A', '0', 'lobby', 'team:42', 'a.b_c-d:e', 'constructor', 'META', 'a'.repeat(64)])(
    'may be called %s by those who join it',
    (name) => {
      expect(ROOM_NAME.test(name)).toBe(true);
      expect(ANY_ROOM.test(name)).toBe(true);
      expect(isJoinable(name)).toBe(true);
    },
  );

  it.each(nobodysRooms)('cannot have %s in its name', (_, name) => {
    expect(ROOM_NAME.test(name)).toBe(false);
    expect(ANY_ROOM.test(name)).toBe(false);
  });

  it.each(['*', '@bob', '@alice'])('`*` and inboxes cannot be joined: %s', (name) => {
    expect(ROOM_NAME.test(name)).toBe(false);
    expect(ANY_ROOM.test(name)).toBe(true);
    expect(isJoinable(name)).toBe(false);
  });

  it.each(['**', '@', '@#', '@a#b', '@@a', '@ a', `@${'a'.repeat(257)}`, '*a', '@a\n'])(
    'is not %j',
    (name) => {
      expect(ANY_ROOM.test(name)).toBe(false);
    },
  );

  it.each(['@__proto__', '@-a', '@https://issuer.example/users/42?a=b&c=[d]', `@${'~'.repeat(256)}`])(
    'of one user may be called %s',
    (name) => {
      expect(ANY_ROOM.test(name)).toBe(true);
      expect(isJoinable(name)).toBe(false);
    },
  );

  it('is open to every user, or to the owner of the inbox', () => {
    expect(isOpenTo('*', 'alice')).toBe(true);
    expect(isOpenTo('@alice', 'alice')).toBe(true);
    expect(isOpenTo('@bob', 'alice')).toBe(false);
    expect(isOpenTo('alice', 'alice')).toBe(false);
  });

  it('that can be joined is no inbox, and each user has another inbox', () => {
    const userId = fc.stringMatching(USER_ID);
    fc.assert(
      fc.property(userId, userId, (one, other) => {
        expect(USER_ID.test(one)).toBe(true);
        expect(ROOM_NAME.test(inboxOf(one))).toBe(false);
        expect(isOpenTo(inboxOf(one), other)).toBe(one === other);
      }),
    );
  });

  it('never contains the store’s separator', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 10 }),
        fc.string({ maxLength: 10 }),
        (before, after) => {
          expect(ANY_ROOM.test(`${before}#${after}`)).toBe(false);
          expect(USER_ID.test(`${before}#${after}`)).toBe(false);
        },
      ),
    );
  });
});
