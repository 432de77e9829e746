import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DEVELOPMENT_SECRET, developmentToken } from '../../../src/adapters/jwt/development-token.js';
import type { KeySource } from '../../../src/adapters/jwt/key-source.js';
import { JwtTokenVerifier } from '../../../src/adapters/jwt/token-verifier.js';
import { VirtualClock } from '../../support/time/virtual-clock.js';
import {
  AUDIENCE,
  claimsAt,
  createSigningKey,
  ISSUER,
  keySetOf,
  type SigningKey,
  sign,
} from '../../support/token-issuer.js';

const SECRET = 'a secret of at least thirty-two bytes';

let clock: VirtualClock;

beforeEach(() => {
  clock = new VirtualClock();
});

const noFetch = () => Promise.reject(new Error('Nothing is to be fetched'));

const verifierWith = (keys: KeySource) =>
  new JwtTokenVerifier({ keys, issuer: ISSUER, audience: AUDIENCE }, clock, noFetch);

describe('the text of a JWKS file', () => {
  let key: SigningKey;

  beforeAll(async () => {
    key = await createSigningKey('local');
  });

  it('verifies tokens that its keys have signed', async () => {
    const verifier = verifierWith({ jwks: JSON.stringify(keySetOf(key)) });

    expect(await verifier.verify(await sign(key, claimsAt(clock.now())))).toMatchObject({ userId: 'alice' });
  });

  it('does not verify anything else', async () => {
    const verifier = verifierWith({ jwks: JSON.stringify(keySetOf(key)) });
    const other = await createSigningKey('local');

    expect(await verifier.verify(await sign(other, claimsAt(clock.now())))).toEqual({
      refused: 'signature_invalid',
    });
  });

  it.each([['{"keys":'], ['{}'], ['[]']])('is refused at the start when it is %j', (jwks) => {
    expect(() => verifierWith({ jwks })).toThrow(/JWKS|Key Set/);
  });

  it('is not quoted by the error when it is not JSON', () => {
    expect(() => verifierWith({ jwks: 'private key material' })).toThrow(/^The JWKS is not JSON$/);
  });
});

describe('a secret', () => {
  const tokenWith = (secret: string) =>
    developmentToken({
      userId: 'alice',
      tokenId: 't1',
      issuedAt: clock.now(),
      expiresAt: clock.now() + 60_000,
      secret,
      issuer: ISSUER,
      audience: AUDIENCE,
    });

  it('verifies a token that was signed with it', async () => {
    const verifier = verifierWith({ secret: SECRET, development: false });

    expect(await verifier.verify(await tokenWith(SECRET))).toMatchObject({
      userId: 'alice',
      tokenId: 't1',
      expiresAt: clock.now() + 60_000,
    });
  });

  it('does not verify a token that was signed with another secret', async () => {
    const verifier = verifierWith({ secret: SECRET, development: false });

    expect(await verifier.verify(await tokenWith(`${SECRET}!`))).toEqual({ refused: 'signature_invalid' });
  });

  it('does not verify a token that was signed with a key pair', async () => {
    const verifier = verifierWith({ secret: SECRET, development: false });
    const token = await sign(await createSigningKey('k'), claimsAt(clock.now()));

    expect(await verifier.verify(token)).toEqual({ refused: 'algorithm_not_allowed' });
  });

  it('of fewer than 32 bytes is refused at the start, and not quoted', () => {
    expect(() => verifierWith({ secret: 'short', development: true })).toThrow(
      /^The secret has to have 32 bytes at least$/,
    );
  });

  it('that is public is accepted only for development', async () => {
    expect(() => verifierWith({ secret: DEVELOPMENT_SECRET, development: false })).toThrow(
      'for local use only',
    );
    const verifier = verifierWith({ secret: DEVELOPMENT_SECRET, development: true });
    expect(await verifier.verify(await tokenWith(DEVELOPMENT_SECRET))).toMatchObject({ userId: 'alice' });
  });
});

it.each([
  ['', AUDIENCE],
  [ISSUER, ''],
])('issuer %j with audience %j is refused at the start', (issuer, audience) => {
  const keys = { secret: SECRET, development: false };

  expect(() => new JwtTokenVerifier({ keys, issuer, audience }, clock)).toThrow('have to be named');
});
