import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { exportSPKI, importJWK, SignJWT } from 'jose';
import { JwtTokenVerifier } from '../../../src/adapters/jwt/jwt-token-verifier.js';
import { KeyServer } from '../../support/key-server.js';
import {
  AUDIENCE,
  type Claims,
  claimsAt,
  createSigningKey,
  encode,
  ISSUER,
  keySetOf,
  type SigningKey,
  sign,
} from '../../support/token-issuer.js';
import { VirtualClock } from '../../support/virtual-clock.js';

let ours: { rs256: SigningKey; es256: SigningKey; eddsa: SigningKey };
let attacker: SigningKey;
let keyServer: KeyServer;
let attackerServer: KeyServer;
let clock: VirtualClock;
let verifier: JwtTokenVerifier;

beforeAll(async () => {
  ours = {
    rs256: await createSigningKey('r1', 'RS256'),
    es256: await createSigningKey('e1', 'ES256'),
    eddsa: await createSigningKey('d1', 'EdDSA'),
  };
  attacker = await createSigningKey('e1', 'ES256');
  keyServer = await new KeyServer().start();
  attackerServer = await new KeyServer().start();
  attackerServer.keys = keySetOf(attacker);
});

afterAll(async () => {
  await keyServer.stop();
  await attackerServer.stop();
});

beforeEach(() => {
  keyServer.keys = keySetOf(ours.rs256, ours.es256, ours.eddsa);
  keyServer.fetches = 0;
  attackerServer.fetches = 0;
  clock = new VirtualClock();
  const keys = { jwksUrl: keyServer.url };
  verifier = new JwtTokenVerifier({ keys, issuer: ISSUER, audience: AUDIENCE }, clock);
});

const good = (changes: Claims = {}, header: Record<string, unknown> = {}) =>
  sign(ours.es256, claimsAt(clock.now(), changes), header);

const inSeconds = (seconds: number) => Math.floor(clock.now() / 1000) + seconds;

type Row = [string, () => string | Promise<string>];

describe('an accepted token', () => {
  const accepted: Row[] = [
    ['is well-formed, with the right key, issuer and audience, and has not expired', () => good()],
    ['is signed with RS256', () => sign(ours.rs256, claimsAt(clock.now()))],
    ['is signed with EdDSA', () => sign(ours.eddsa, claimsAt(clock.now()))],
    ['expired ten seconds ago, inside the skew', () => good({ exp: inSeconds(-10) })],
    ['expired 29 seconds ago', () => good({ exp: inSeconds(-29) })],
    ['has an array of audiences with ours in it', () => good({ aud: ['other', AUDIENCE] })],
    ['was issued 30 seconds ahead of us', () => good({ iat: inSeconds(30), nbf: inSeconds(30) })],
    ['expires at a fraction of a second', () => good({ exp: inSeconds(5) + 0.5 })],
  ];

  it.each(accepted)('%s', async (_, create) => {
    const token = await create();

    expect(await verifier.verify(token)).toMatchObject({ userId: 'alice' });
  });
});

describe('a token that cannot be parsed', () => {
  const unparseable: Row[] = [
    ['is empty', () => ''],
    ['is two dots', () => '..'],
    ['is random text', () => 'let me in'],
    ['has two parts', async () => (await good()).split('.').slice(0, 2).join('.')],
    ['has five parts, as an encrypted one', async () => `${await good()}.x.y`],
    ['is base64 that is not base64url', async () => `${await good()}=`],
    ['has the other alphabet', async () => (await good()).replace(/.$/, '+')],
    ['has 100 KB', () => `e30.${'A'.repeat(100_000)}.AAAA`],
    ['has one character more than 8 KB', () => `e30.e30.${'A'.repeat(8192 - 7)}`],
    ['has a line break after it', async () => `${await good()}\n`],
    ['has a line break in it', async () => (await good()).replace('.', '.\n')],
    [
      'has a header that is not JSON',
      async () => `${encode('no')}.${(await good()).split('.').slice(1).join('.')}`,
    ],
    ['has a header that is an array', () => `${encode([])}.${encode({})}.AAAA`],
    ['has a payload that is not an object', () => `${encode({ alg: 'ES256' })}.${encode('null')}.AAAA`],
    ['is not ASCII', () => 'ä.ö.ü'],
  ];

  it.each(unparseable)('%s', async (_, create) => {
    const token = await create();

    expect(await verifier.verify(token)).toEqual({ refused: 'unparseable' });
    expect(keyServer.fetches).toBe(0);
  });
});

describe('a refused token', () => {
  const unsigned = (alg: string) => `${encode({ alg })}.${encode(claimsAt(clock.now()))}.`;
  const withParts = async (change: (parts: string[]) => string[]) =>
    change((await good()).split('.')).join('.');
  const byAttacker = (header: Record<string, unknown>) => sign(attacker, claimsAt(clock.now()), header);
  const withSecret = (secret: string) =>
    new SignJWT(claimsAt(clock.now()))
      .setProtectedHeader({ alg: 'HS256', kid: 'r1' })
      .sign(new TextEncoder().encode(secret));

  const refused: [string, string, () => string | Promise<string>][] = [
    ['has alg none', 'algorithm_not_allowed', () => unsigned('none')],
    ['has alg NoNe', 'algorithm_not_allowed', () => unsigned('NoNe')],
    [
      'is HS256 signed with the RSA public key',
      'algorithm_not_allowed',
      async () => withSecret(await exportSPKI((await importJWK(ours.rs256.jwk, 'RS256')) as never)),
    ],
    [
      'is HS256 signed with the JWK as text',
      'algorithm_not_allowed',
      () => withSecret(JSON.stringify(ours.rs256.jwk)),
    ],
    [
      'is PS256, which the RSA key could make',
      'algorithm_not_allowed',
      () => `${encode({ alg: 'PS256', kid: 'r1' })}.e30.AAAA`,
    ],
    ['has an unknown kid', 'unknown_key', () => good({}, { kid: 'e2' })],
    ['has a path for a kid', 'unknown_key', () => good({}, { kid: '../../dev/null' })],
    ['has quotes and SQL for a kid', 'unknown_key', () => good({}, { kid: `'"; DROP TABLE keys; --` })],
    ['has a number for a kid', 'unknown_key', () => `${encode({ alg: 'ES256', kid: 1 })}.${encode({})}.AAAA`],
    ['has a kid named like a prototype', 'unknown_key', () => good({}, { kid: '__proto__' })],
    ['has the kid of a key of another type', 'unknown_key', () => good({}, { kid: 'r1' })],
    ['brings the attacker’s key in jwk', 'signature_invalid', () => byAttacker({ jwk: attacker.jwk })],
    [
      'names the attacker’s key URL in jku',
      'signature_invalid',
      () => byAttacker({ jku: attackerServer.url }),
    ],
    [
      'names the attacker’s certificate in x5u',
      'signature_invalid',
      () => byAttacker({ x5u: attackerServer.url }),
    ],
    [
      'has an unknown crit',
      'header_not_supported',
      async () =>
        `${encode({ alg: 'ES256', kid: 'e1', crit: ['x'], x: 1 })}.${encode(claimsAt(clock.now()))}.AAAA`,
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
    ['has a wrong audience', 'audience_mismatch', () => good({ aud: 'somebody-else' })],
    ['has an audience that only begins with ours', 'audience_mismatch', () => good({ aud: `${AUDIENCE}-2` })],
    ['has no audience', 'claim_missing', () => good({ aud: undefined })],
    ['lost its signature', 'signature_invalid', () => withParts(([h = '', p = '']) => [h, p, ''])],
    [
      'had its payload exchanged',
      'signature_invalid',
      () => withParts(([h = '', , s = '']) => [h, encode(claimsAt(clock.now(), { sub: 'mallory' })), s]),
    ],
    ['has no sub', 'claim_missing', () => good({ sub: undefined })],
    ['has an empty sub', 'subject_invalid', () => good({ sub: '' })],
    ['has a number for a sub', 'subject_invalid', () => good({ sub: 42 })],
    ['has an array for a sub', 'subject_invalid', () => good({ sub: ['alice'] })],
    ['has a sub of 129 characters', 'subject_invalid', () => good({ sub: 'a'.repeat(129) })],
    ['has a sub of 5 KB', 'subject_invalid', () => good({ sub: 'a'.repeat(5_000) })],
    // With the encoding the token is above 8 KB, and so it is not even parsed.
    ['has a sub of 10 KB', 'unparseable', () => good({ sub: 'a'.repeat(10_240) })],
    ['has a # in its sub', 'subject_invalid', () => good({ sub: 'bob#admin' })],
    ['has a line break in its sub', 'subject_invalid', () => good({ sub: 'bob\nadmin' })],
    ['has a line break after its sub', 'subject_invalid', () => good({ sub: 'bob\n' })],
    ['has a sub that looks like a room', 'subject_invalid', () => good({ sub: '*' })],
  ];

  it.each(refused)('%s (%s)', async (_, reason, create) => {
    const token = await create();

    expect(await verifier.verify(token)).toEqual({ refused: reason });
    expect(attackerServer.fetches).toBe(0);
  });

  it('expired at a fraction of a second, and 30 seconds have passed since', async () => {
    const token = await good({ exp: inSeconds(-30) + 0.5 });

    clock.advance(499);
    expect(await verifier.verify(token)).toMatchObject({ userId: 'alice' });
    clock.advance(101);
    expect(await verifier.verify(token)).toEqual({ refused: 'expired' });
  });

  it('has an infinite exp, as JSON reads 1e400', async () => {
    const { CompactSign } = await import('jose');
    const claims = JSON.stringify(claimsAt(clock.now(), { exp: 0 })).replace('"exp":0', '"exp":1e400');
    const token = await new CompactSign(new TextEncoder().encode(claims))
      .setProtectedHeader({ alg: 'ES256', kid: 'e1' })
      .sign(ours.es256.privateKey);

    expect(await verifier.verify(token)).toEqual({ refused: 'claim_invalid' });
  });
});

describe('what is known of an accepted token', () => {
  it('is its user, its expiry in milliseconds, its id and its claims', async () => {
    const token = await good({ jti: 'ticket-1', permissions: { join: ['a'] } });

    expect(await verifier.verify(token)).toEqual({
      userId: 'alice',
      expiresAt: inSeconds(300) * 1000,
      tokenId: 'ticket-1',
      claims: claimsAt(clock.now(), { jti: 'ticket-1', permissions: { join: ['a'] } }),
    });
  });

  it.each([[42], [''], ['a b'], ['x'.repeat(257)], [null]])('is no id when jti is %j', async (jti) => {
    const verified = await verifier.verify(await good({ jti }));

    expect(verified).toMatchObject({ userId: 'alice' });
    expect(verified).not.toHaveProperty('tokenId');
  });
});
