import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ClaimsAccessPolicy } from '../../../src/application/access/claims-access-policy.js';
import { type ProtectedAction, permits } from '../../../src/domain/access/access-policy.js';
import {
  ALL_PERMISSIONS,
  DEFAULT_PERMISSIONS,
  formatPermissions,
  NO_PERMISSIONS,
  type Permissions,
  parsePermissions,
  permissionsFrom,
} from '../../../src/domain/access/permissions.js';
import { patterns, permissions, roomName } from './arbitrary-permissions.js';

const ROOM_ACTIONS: ProtectedAction[] = ['join', 'publish', 'signal', 'history', 'presence'];
const roomAction = fc.constantFrom<ProtectedAction>(...ROOM_ACTIONS);

describe('permissions', () => {
  const team: Permissions = {
    ...NO_PERMISSIONS,
    join: ['team:42', 'public.*'],
    publish: ['team:42'],
    send: ['b*'],
  };

  it.each<[ProtectedAction, string, boolean]>([
    ['join', 'team:42', true],
    ['join', 'public.news', true],
    ['join', 'public.', true],
    ['join', 'public', false],
    ['join', 'publicity', false],
    ['join', 'team:421', false],
    ['join', 'Team:42', false],
    ['join', 'other', false],
    ['publish', 'team:42', true],
    ['publish', 'public.news', false],
    ['history', 'team:42', false],
    ['history', '*', true],
    ['history', '@alice', true],
    ['presence', '@alice', true],
    ['history', '@bob', false],
    ['broadcast', '*', false],
    ['send', '@bob', true],
    ['send', '@carol', false],
  ])('with some rooms named: %s in %s is %s', (action, room, allowed) => {
    expect(permits(team, 'alice', action, room)).toBe(allowed);
  });

  it('that a token does not mention cover everything except broadcasts', () => {
    const silent = permissionsFrom(undefined);

    expect(silent).toEqual(DEFAULT_PERMISSIONS);
    fc.assert(fc.property(roomAction, roomName, (action, room) => permits(silent, 'alice', action, room)));
    expect(permits(silent, 'alice', 'send', '@bob')).toBe(true);
    expect(permits(silent, 'alice', 'broadcast', '*')).toBe(false);
  });

  it('never open another user’s inbox, and never allow joining or publishing to inboxes or to `*`', () => {
    fc.assert(
      fc.property(permissions, roomAction, roomName, (granted, action, other) => {
        fc.pre(other !== 'alice');
        expect(permits(granted, 'alice', action, `@${other}`)).toBe(false);
        expect(permits(granted, 'alice', 'join', '*')).toBe(false);
        expect(permits(granted, 'alice', 'publish', '@alice')).toBe(false);
      }),
    );
  });

  it('cover a room exactly when a pattern is its name or, before the star, its beginning', () => {
    fc.assert(
      fc.property(patterns, roomAction, roomName, (granted, action, room) => {
        const expected = granted.some(
          (p) => p === room || p === '*' || (p.endsWith('*') && room.indexOf(p.slice(0, -1)) === 0),
        );
        expect(permits({ ...NO_PERMISSIONS, [action]: granted }, 'alice', action, room)).toBe(expected);
      }),
    );
  });

  it('grant no more after a pattern is removed', () => {
    fc.assert(
      fc.property(patterns, roomName, (granted, room) => {
        const fewer = { ...NO_PERMISSIONS, join: granted.slice(1) };
        const more = { ...NO_PERMISSIONS, join: granted };
        expect(permits(fewer, 'alice', 'join', room) && !permits(more, 'alice', 'join', room)).toBe(false);
      }),
    );
  });

  it('survive the authorizer’s context unchanged', () => {
    fc.assert(
      fc.property(permissions, (granted) =>
        expect(parsePermissions(formatPermissions(granted))).toEqual(granted),
      ),
    );
    expect(formatPermissions({ ...NO_PERMISSIONS, join: ['a'] })).toBe('{"join":["a"]}');
  });
});

describe('the policy by claims', () => {
  const policy = new ClaimsAccessPolicy();

  it('allows what the caller’s permissions cover, and nothing else', async () => {
    const caller = { userId: 'alice', granted: parsePermissions('{"join":["team:42"]}') };

    expect(await policy.allows(caller, 'join', 'team:42')).toBe(true);
    expect(await policy.allows(caller, 'join', 'team:43')).toBe(false);
    expect(await policy.allows(caller, 'publish', 'team:42')).toBe(false);
  });

  it('allows everything to a caller with all permissions', async () => {
    const caller = { userId: 'alice', granted: parsePermissions(formatPermissions(ALL_PERMISSIONS)) };

    expect(await policy.allows(caller, 'publish', 'anything')).toBe(true);
    expect(await policy.allows(caller, 'broadcast', '*')).toBe(true);
    expect(await policy.allows(caller, 'send', '@bob')).toBe(true);
  });

  it.each([[undefined], [''], ['{'], ['null'], ['[]'], ['"join"']])(
    'allows nothing with %j',
    async (text) => {
      expect(await policy.allows({ userId: 'alice', granted: parsePermissions(text) }, 'join', 'lobby')).toBe(
        false,
      );
    },
  );
});
