import { describe, expect, it } from '@jest/globals';
import { USER_ID } from '../../protocol/names.js';

const VISIBLE = Array.from({ length: 94 }, (_, index) => String.fromCharCode(0x21 + index));
const NOWHERE = ['#', '*', '"', '\\'];
const NOT_FIRST = [...NOWHERE, '$', '@'];

describe('a user id', () => {
  it.each([
    'alice',
    'auth0|5f7c8ec7c33c6c004bbafe82',
    '_google-oauth2|1234567890',
    '-7f3c',
    'https://issuer.example/users/alice?realm=main&x=[1]',
    'urn:example:user:42',
    'alice@example.com',
    'arn:aws:sts::123456789012:assumed-role/role/session',
    'CN=Alice+OU=Ops,O=Example,C=FI',
    'AAAA/BBB+CC==',
    '{alice}',
    "o'hara",
    '__proto__',
    'constructor',
    '..',
    '42',
  ])('may be any id of an issuer: %s', (id) => {
    expect(USER_ID.test(id)).toBe(true);
  });

  it('has any visible ASCII character except four; two more cannot be the first', () => {
    const within = VISIBLE.filter((character) => USER_ID.test(`a${character}a`));
    const first = VISIBLE.filter((character) => USER_ID.test(character));

    expect(within).toEqual(VISIBLE.filter((character) => !NOWHERE.includes(character)));
    expect(first).toEqual(VISIBLE.filter((character) => !NOT_FIRST.includes(character)));
  });

  it('has at most 256 characters', () => {
    expect(USER_ID.test('a'.repeat(256))).toBe(true);
    expect(USER_ID.test('a'.repeat(257))).toBe(false);
  });

  it('stands in JSON as it is', () => {
    for (const id of VISIBLE.filter((character) => USER_ID.test(`a${character}`)))
      expect(JSON.stringify(id)).toBe(`"${id}"`);
  });

  it.each([
    '',
    ' ',
    'a b',
    ' a',
    'a ',
    'a\n',
    'a\u0000',
    '\u007f',
    'ä',
    'аlice',
    'ａlice',
    '🙂',
    'a\u200b',
    'a\ud800',
  ])('is never %j', (text) => {
    expect(USER_ID.test(text)).toBe(false);
  });
});
