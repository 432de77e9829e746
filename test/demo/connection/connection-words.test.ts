import { describe, expect, it } from '@jest/globals';
import { needsToken, reasonOf } from '../../../demo/connection/connection-words.js';

const status = (code: string) => ({ reason: { code, message: `about ${code}` } });
const guest = { hasNetwork: true, hasToken: false };

describe('The reason for a missing connection', () => {
  it('is the network if there is none', () => {
    expect(reasonOf(status('unreachable'), { ...guest, hasNetwork: false })).toBe("You're offline.");
  });

  it('lists what a refusal may mean, because browsers do not tell', () => {
    const withToken = reasonOf(status('refused'), { hasNetwork: true, hasToken: true });

    expect(withToken).toMatch(/token may be wrong or expired.*ten tabs/);
    expect(reasonOf(status('refused'), guest)).toMatch(/ten tabs/);
    expect(reasonOf(status('refused'), guest)).not.toMatch(/token/);
  });

  it('exists for every code of the library', () => {
    for (const code of [
      'connection_lost',
      'unreachable',
      'unauthenticated',
      'connection_limit',
      'rate_limited',
    ])
      expect(reasonOf(status(code), guest)).not.toContain(code);
    expect(reasonOf(status('something_new'), guest)).toContain('about something_new');
  });

  it('says whether another token may help', () => {
    for (const code of ['refused', 'unauthenticated', 'token_expired', 'token_unavailable'])
      expect(needsToken(status(code))).toBe(true);
    for (const code of ['unreachable', 'connection_lost']) expect(needsToken(status(code))).toBe(false);
    expect(needsToken({ reason: undefined })).toBe(false);
  });
});
