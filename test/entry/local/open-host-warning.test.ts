import { describe, expect, it } from '@jest/globals';
import { openHostWarning } from '../../../src/entry/local/open-host-warning.js';

describe('The warning about HOST', () => {
  it.each(['localhost', '127.0.0.1', '127.0.0.2', '::1'])('is not needed for %s', (host) => {
    expect(openHostWarning(host, 3001, 'guest')).toBeUndefined();
  });

  it.each(['0.0.0.0', '::', '192.0.2.7', '2001:db8::1'])('names %s and what it opens', (host) => {
    const warning = openHostWarning(host, 3001, 'guest');
    expect(warning).toContain(`HOST=${host} lets every machine in your network reach this program`);
    expect(warning).toContain('anyone there can be any user');
  });

  it('tells where a phone finds the page', () => {
    expect(openHostWarning('192.0.2.7', 3001, 'token')).toContain('http://192.0.2.7:3001/');
    expect(openHostWarning('2001:db8::1', 3001, 'token')).toContain('http://[2001:db8::1]:3001/');
  });

  it('tells that the secret of development tokens is public', () => {
    expect(openHostWarning('0.0.0.0', 3001, 'public secret')).toContain('Set AUTH_SECRET.');
    expect(openHostWarning('0.0.0.0', 3001, 'token')).not.toContain('AUTH_SECRET');
  });
});
