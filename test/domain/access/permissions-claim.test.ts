import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { permits } from '../../../src/domain/access/access-policy.js';
import {
  NO_PERMISSIONS,
  type Permissions,
  parsePermissions,
  permissionsFrom,
} from '../../../src/domain/access/permissions.js';
import { permissions } from './arbitrary-permissions.js';

describe('a permissions claim', () => {
  it('replaces the defaults when present', () => {
    expect(permissionsFrom({})).toEqual(NO_PERMISSIONS);
    expect(permissionsFrom({ join: ['a'], broadcast: true, other: 1 })).toEqual({
      ...NO_PERMISSIONS,
      join: ['a'],
      broadcast: true,
    });
  });

  it('may name any user id, and prefixes of it', () => {
    const send = [
      '_svc|*',
      'https://issuer.example/users/*',
      '__proto__',
      `${'~'.repeat(256)}`,
      `${'~'.repeat(256)}*`,
    ];

    const granted = permissionsFrom({ send });

    expect(granted).toEqual({ ...NO_PERMISSIONS, send });
    expect(permits(granted, 'alice', 'send', '@https://issuer.example/users/42')).toBe(true);
    expect(permits(granted, 'alice', 'send', '@https://issuer.example/groups')).toBe(false);
  });

  it('accepts true for everything and false for nothing', () => {
    expect(permissionsFrom({ join: true, send: true, publish: false })).toEqual({
      ...NO_PERMISSIONS,
      join: ['*'],
      send: ['*'],
    });
  });

  it.each([
    [null],
    ['join'],
    [1],
    [true],
    [[]],
    [['read:rooms']],
    [{ join: 'a' }],
    [{ join: [1] }],
    [{ join: ['a', null] }],
    [{ join: null }],
    [{ join: { length: 1, 0: '*' } }],
    [{ join: ['a*b'] }],
    [{ join: ['**'] }],
    [{ join: ['*a'] }],
    [{ join: [''] }],
    [{ join: ['a#b'] }],
    [{ join: ['a\n'] }],
    [{ join: ['@bob'] }],
    [{ join: ['a'.repeat(257)] }],
    [{ join: [`${'a'.repeat(257)}*`] }],
    [{ send: ['$connect'] }],
    [{ send: ['a"b'] }],
    [{ send: ['a\\b'] }],
    [{ join: ['a'], broadcast: 'yes' }],
    [{ join: ['a'], broadcast: null }],
  ])('grants nothing if it is invalid: %j', (claim) => {
    expect(permissionsFrom(claim)).toEqual(NO_PERMISSIONS);
  });

  it('grants nothing with one invalid pattern in any list', () => {
    const list = fc.constantFrom<keyof Permissions>(
      'join',
      'publish',
      'signal',
      'history',
      'presence',
      'send',
    );
    const noPattern = fc.constantFrom<unknown>(null, 1, '', 'a*b', '@bob', ['a']);
    fc.assert(
      fc.property(permissions, list, noPattern, fc.nat(4), (granted, name, entry, position) => {
        const entries: unknown[] = [...(granted[name] as string[])];
        entries.splice(position, 0, entry);

        expect(permissionsFrom({ ...granted, [name]: entries })).toEqual(NO_PERMISSIONS);
      }),
    );
  });

  it('never throws for any value', () => {
    fc.assert(fc.property(fc.anything(), (claim) => void permissionsFrom(claim)));
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void parsePermissions(text)));
  });

  it('ignores inherited properties', () => {
    expect(permissionsFrom(JSON.parse('{"__proto__":{"join":["*"],"broadcast":true}}'))).toEqual(
      NO_PERMISSIONS,
    );
  });
});
