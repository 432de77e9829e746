import { describe, expect, it } from '@jest/globals';
import { isOriginAllowed, parseOrigins } from '../../../src/domain/access/origin-rule.js';

const LIST = 'https://app.example.com, http://localhost:5173';

describe('a list of origins', () => {
  const rule = { origins: parseOrigins(LIST), allowAbsent: false };

  it.each(['https://app.example.com', 'http://localhost:5173'])('admits %s', (origin) => {
    expect(isOriginAllowed(rule, [origin])).toBe(true);
  });

  it.each([
    'http://app.example.com',
    'https://app.example.com:8443',
    'https://app.example.com.evil.example',
    'https://evil-app.example.com',
    'https://sub.app.example.com',
    'https://example.com',
    'https://app.example.com/',
    'https://app.example.com@evil.example',
    'https://APP.example.com',
    'http://localhost',
    'http://localhost:51730',
    'null',
    '*',
    '',
    LIST,
  ])('refuses %j', (origin) => {
    expect(isOriginAllowed(rule, [origin])).toBe(false);
  });

  it('refuses two different origins, even when one is on it', () => {
    expect(isOriginAllowed(rule, ['https://app.example.com', 'https://evil.example'])).toBe(false);
  });

  it('refuses a handshake without an origin, unless configured otherwise', () => {
    expect(isOriginAllowed(rule, [])).toBe(false);
    expect(isOriginAllowed({ ...rule, allowAbsent: true }, [])).toBe(true);
  });

  it('refuses every client when it is empty', () => {
    expect(isOriginAllowed({ origins: [], allowAbsent: false }, ['https://app.example.com'])).toBe(false);
  });

  it('reads origins as browsers write them', () => {
    expect(parseOrigins(' HTTPS://App.Example.com:443 ,,http://LOCALHOST:80')).toEqual([
      'https://app.example.com',
      'http://localhost',
    ]);
  });

  it.each([
    '*',
    'https://*.example.com',
    'app.example.com',
    'https://a.example/path',
    'https://a.example/',
    'null',
    'https://',
    'https://u@a.example',
    'ftp://a.example',
  ])('is not accepted with %s on it', (entry) => {
    expect(() => parseOrigins(`https://b.example,${entry}`)).toThrow('not an origin');
  });
});
