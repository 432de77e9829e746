import { describe, expect, it } from '@jest/globals';
import { CompactSign, exportSPKI, importJWK, SignJWT } from 'jose';
import { AUDIENCE, claimsAt, encodeTokenPart, ISSUER, sign } from '../../support/token-issuer.js';
import { VerifierWorld } from '../../support/worlds/verifier-world.js';

const world = new VerifierWorld();
const good: VerifierWorld['good'] = (...args) => world.good(...args);
const inSeconds: VerifierWorld['inSeconds'] = (seconds) => world.inSeconds(seconds);

describe('a refused token', () => {
  const unsigned = (alg: string) =>
    `${encodeTokenPart({ alg })}.${encodeTokenPart(claimsAt(world.clock.now()))}.`;
  const withParts = async (change: (parts: string[]) => string[]) =>
    change((await good()).split('.')).join('.');
  const byAttacker = (header: Record<string, unknown>) =>
    sign(world.attacker, claimsAt(world.clock.now()), header);
  const withSecret = (secret: string) =>
    new SignJWT(claimsAt(world.clock.now()))
      .setProtectedHeader({ alg: 'HS256', kid: 'r1' })
      .sign(new TextEncoder().encode(secret));

  const refused: [string, string, () => string | Promise<string>][] = [
    ['has alg none', 'algorithm_not_allowed', () => unsigned('none')],
    ['has alg NoNe', 'algorithm_not_allowed', () => unsigned('NoNe')],
    [
      'is HS256 signed with the RSA public key',
      'algorithm_not_allowed',
      async () => withSecret(await exportSPKI((await importJWK(world.rs256.jwk, 'RS256')) as never)),
    ],
    [
      'is HS256 signed with the JWK as text',
      'algorithm_not_allowed',
      () => withSecret(JSON.stringify(world.rs256.jwk)),
    ],
    [
      'is PS256, which the RSA key could make',
      'algorithm_not_allowed',
      () => `${encodeTokenPart({ alg: 'PS256', kid: 'r1' })}.e30.AAAA`,
    ],
    ['has an unknown kid', 'unknown_key', () => good({}, { kid: 'e2' })],
    ['has a path for a kid', 'unknown_key', () => good({}, { kid: '../../dev/null' })],
    ['has quotes and SQL for a kid', 'unknown_key', () => good({}, { kid: `'"; DROP TABLE keys; --` })],
    [
      'has a number for a kid',
      'unknown_key',
      () => `${encodeTokenPart({ alg: 'ES256', kid: 1 })}.${encodeTokenPart({})}.AAAA`,
    ],
    ['has a kid named like a prototype', 'unknown_key', () => good({}, { kid: '__proto__' })],
    ['has the kid of a key of another type', 'unknown_key', () => good({}, { kid: 'r1' })],
    ['brings the attacker’s key in jwk', 'signature_invalid', () => byAttacker({ jwk: world.attacker.jwk })],
    [
      'names the attacker’s key URL in jku',
      'signature_invalid',
      () => byAttacker({ jku: world.attackerServer.url }),
    ],
    [
      'names the attacker’s certificate in x5u',
      'signature_invalid',
      () => byAttacker({ x5u: world.attackerServer.url }),
    ],
    [
      'has an unknown crit',
      'header_not_supported',
      async () =>
        `${encodeTokenPart({ alg: 'ES256', kid: 'e1', crit: ['x'], x: 1 })}.${encodeTokenPart(claimsAt(world.clock.now()))}.AAAA`,
    ],
    ['expired an hour ago', 'expired', () => good({ exp: inSeconds(-3600) })],
    ['expired 30 seconds ago', 'expired', () => good({ exp: inSeconds(-30) })],
    ['has no exp', 'claim_missing', () => good({ exp: undefined })],
    ['has a string for exp', 'claim_invalid', () => good({ exp: String(inSeconds(300)) })],
    ['has an exp that no date can hold', 'claim_invalid', () => good({ exp: 1e300 })],
    ['has null for exp', 'claim_invalid', () => good({ exp: null })],
    ['has an nbf an hour ahead', 'not_yet_valid', () => good({ nbf: inSeconds(3600) })],
    ['has a string for nbf', 'claim_invalid', () => good({ nbf: '0' })],
    ['has an iat an hour ahead', 'issued_in_future', () => good({ iat: inSeconds(3600) })],
    ['has an iat 31 seconds ahead', 'issued_in_future', () => good({ iat: inSeconds(31) })],
    ['has no iat', 'claim_missing', () => good({ iat: undefined })],
    ['has a string for iat', 'claim_invalid', () => good({ iat: 'now' })],
    ['has an issuer without its last slash', 'issuer_mismatch', () => good({ iss: ISSUER.slice(0, -1) })],
    ['has an array for an issuer', 'issuer_mismatch', () => good({ iss: [ISSUER] })],
    ['has no issuer', 'claim_missing', () => good({ iss: undefined })],
    ['has a wrong audience', 'audience_mismatch', () => good({ aud: 'another-service' })],
    ['has an audience that only begins with ours', 'audience_mismatch', () => good({ aud: `${AUDIENCE}-2` })],
    ['has no audience', 'claim_missing', () => good({ aud: undefined })],
    ['lost its signature', 'signature_invalid', () => withParts(([h = '', p = '']) => [h, p, ''])],
    [
      'had its payload exchanged',
      'signature_invalid',
      () =>
        withParts(([h = '', , s = '']) => [
          h,
          encodeTokenPart(claimsAt(world.clock.now(), { sub: 'mallory' })),
          s,
        ]),
    ],
    ['has no sub', 'claim_missing', () => good({ sub: undefined })],
    ['has an empty sub', 'subject_invalid', () => good({ sub: '' })],
    ['has a number for a sub', 'subject_invalid', () => good({ sub: 42 })],
    ['has an array for a sub', 'subject_invalid', () => good({ sub: ['alice'] })],
    ['has a sub of 257 characters', 'subject_invalid', () => good({ sub: 'a'.repeat(257) })],
    ['has a sub of 5 KB', 'subject_invalid', () => good({ sub: 'a'.repeat(5_000) })],
    // Once encoded, the token is larger than 8 KB, so it is not even parsed.
    ['has a sub of 10 KB', 'unparseable', () => good({ sub: 'a'.repeat(10_240) })],
    ['has a # in its sub', 'subject_invalid', () => good({ sub: 'bob#admin' })],
    ['has a line break in its sub', 'subject_invalid', () => good({ sub: 'bob\nadmin' })],
    ['has a line break after its sub', 'subject_invalid', () => good({ sub: 'bob\n' })],
    ['has a sub that looks like a room', 'subject_invalid', () => good({ sub: '*' })],
  ];

  it.each(refused)('%s (%s)', async (_, reason, create) => {
    const token = await create();

    expect(await world.verifier.verify(token)).toEqual({ refused: reason });
    expect(world.attackerServer.fetches).toBe(0);
  });

  it('expired at a fraction of a second, and 30 seconds have passed since', async () => {
    const token = await good({ exp: inSeconds(-30) + 0.5 });

    world.clock.advance(499);
    expect(await world.verifier.verify(token)).toMatchObject({ userId: 'alice' });
    world.clock.advance(101);
    expect(await world.verifier.verify(token)).toEqual({ refused: 'expired' });
  });

  it('has an infinite exp, as JSON reads 1e400', async () => {
    const claims = JSON.stringify(claimsAt(world.clock.now(), { exp: 0 })).replace('"exp":0', '"exp":1e400');
    const token = await new CompactSign(new TextEncoder().encode(claims))
      .setProtectedHeader({ alg: 'ES256', kid: 'e1' })
      .sign(world.es256.privateKey);

    expect(await world.verifier.verify(token)).toEqual({ refused: 'claim_invalid' });
  });
});
