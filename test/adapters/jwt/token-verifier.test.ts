import { describe, expect, it } from '@jest/globals';
import { JwtTokenVerifier } from '../../../src/adapters/jwt/token-verifier.js';
import { AUDIENCE, claimsAt, encodeTokenPart, ISSUER, sign } from '../../support/token-issuer.js';
import { VerifierWorld } from '../../support/worlds/verifier-world.js';

const world = new VerifierWorld();
const good: VerifierWorld['good'] = (...args) => world.good(...args);
const inSeconds: VerifierWorld['inSeconds'] = (seconds) => world.inSeconds(seconds);

type Row = [string, () => string | Promise<string>];

describe('an accepted token', () => {
  const accepted: Row[] = [
    ['is well-formed, with the right key, issuer and audience, and has not expired', () => good()],
    ['is signed with RS256', () => sign(world.rs256, claimsAt(world.clock.now()))],
    ['is signed with EdDSA', () => sign(world.eddsa, claimsAt(world.clock.now()))],
    ['expired ten seconds ago, inside the skew', () => good({ exp: inSeconds(-10) })],
    ['expired 29 seconds ago', () => good({ exp: inSeconds(-29) })],
    ['has an array of audiences with ours in it', () => good({ aud: ['other', AUDIENCE] })],
    ['was issued 30 seconds ahead of us', () => good({ iat: inSeconds(30), nbf: inSeconds(30) })],
    ['expires at a fraction of a second', () => good({ exp: inSeconds(5) + 0.5 })],
  ];

  it.each(accepted)('%s', async (_, create) => {
    const token = await create();

    expect(await world.verifier.verify(token)).toMatchObject({ userId: 'alice' });
  });
});

describe('a user', () => {
  it.each([
    'auth0|5f7c8ec7',
    '_google|42',
    '-7f3c',
    'https://issuer.example/users/42',
    '__proto__',
    '~'.repeat(256),
  ])('may be called %s by their issuer', async (sub) => {
    expect(await world.verifier.verify(await good({ sub }))).toMatchObject({ userId: sub });
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
      async () => `${encodeTokenPart('no')}.${(await good()).split('.').slice(1).join('.')}`,
    ],
    ['has a header that is an array', () => `${encodeTokenPart([])}.${encodeTokenPart({})}.AAAA`],
    [
      'has a payload that is not an object',
      () => `${encodeTokenPart({ alg: 'ES256' })}.${encodeTokenPart('null')}.AAAA`,
    ],
    ['is not ASCII', () => 'ä.ö.ü'],
  ];

  it.each(unparseable)('%s', async (_, create) => {
    const token = await create();

    expect(await world.verifier.verify(token)).toEqual({ refused: 'unparseable' });
    expect(world.keyServer.fetches).toBe(0);
  });
});

describe('the facts about an accepted token', () => {
  it('are its user, its expiry in milliseconds, its id and its claims', async () => {
    const token = await good({ jti: 'ticket-1', permissions: { join: ['a'] } });

    expect(await world.verifier.verify(token)).toEqual({
      userId: 'alice',
      expiresAt: inSeconds(300) * 1000,
      tokenId: 'ticket-1',
      claims: claimsAt(world.clock.now(), { jti: 'ticket-1', permissions: { join: ['a'] } }),
    });
  });

  it('take the user from another claim if the settings name one', async () => {
    const userClaim = 'https://switchboard.example/user';
    const keys = { jwksUrl: world.keyServer.url };
    const verifier = new JwtTokenVerifier(
      { keys, issuer: ISSUER, audience: AUDIENCE, userClaim },
      world.clock,
    );

    expect(await verifier.verify(await good({ [userClaim]: 'carol' }))).toMatchObject({ userId: 'carol' });
    expect(await verifier.verify(await good({ [userClaim]: 'carol', sub: undefined }))).toMatchObject({
      userId: 'carol',
    });
    expect(await verifier.verify(await good())).toEqual({ refused: 'claim_missing' });
    expect(await verifier.verify(await good({ [userClaim]: 'a b' }))).toEqual({ refused: 'subject_invalid' });
    expect(await verifier.verify(await good({ [userClaim]: 42 }))).toEqual({ refused: 'subject_invalid' });
  });

  it('never take the user from an inherited property, whatever the claim is called', async () => {
    const keys = { jwksUrl: world.keyServer.url };
    const settings = { keys, issuer: ISSUER, audience: AUDIENCE, userClaim: 'constructor' };
    const verifier = new JwtTokenVerifier(settings, world.clock);

    expect(await verifier.verify(await good())).toMatchObject({ refused: expect.any(String) });
    expect(await verifier.verify(await good({ constructor: 'carol' }))).toMatchObject({ userId: 'carol' });
  });

  it.each([[42], [''], ['a b'], ['x'.repeat(257)], [null]])('have no id when jti is %j', async (jti) => {
    const verified = await world.verifier.verify(await good({ jti }));

    expect(verified).toMatchObject({ userId: 'alice' });
    expect(verified).not.toHaveProperty('tokenId');
  });
});
