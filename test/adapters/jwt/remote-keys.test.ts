import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { JwtTokenVerifier } from '../../../src/adapters/jwt/token-verifier.js';
import { KeyServer } from '../../support/servers/key-server.js';
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

const MINUTE = 60_000;

describe('keys at a URL', () => {
  let first: SigningKey;
  let second: SigningKey;
  let server: KeyServer;
  let clock: VirtualClock;
  let verifier: JwtTokenVerifier;

  beforeAll(async () => {
    [first, second] = [await createSigningKey('k1'), await createSigningKey('k2')];
    server = await new KeyServer().start();
  });

  afterAll(() => server.stop());

  beforeEach(() => {
    server.keys = keySetOf(first);
    server.fetches = 0;
    clock = new VirtualClock();
    const keys = { jwksUrl: server.url };
    verifier = new JwtTokenVerifier({ keys, issuer: ISSUER, audience: AUDIENCE }, clock);
  });

  const verify = async (key: SigningKey, kid = key.kid) => {
    const outcome = await verifier.verify(await sign(key, claimsAt(clock.now()), { kid }));
    return 'refused' in outcome ? outcome.refused : 'accepted';
  };

  it('are fetched once for a hundred tokens at once', async () => {
    const outcomes = await Promise.all(Array.from({ length: 100 }, () => verify(first)));

    expect(new Set(outcomes)).toEqual(new Set(['accepted']));
    expect(server.fetches).toBe(1);
  });

  it('are fetched once more when a rotated key appears', async () => {
    await verify(first);
    server.keys = keySetOf(first, second);
    clock.advance(10_000);

    expect(await verify(second)).toBe('accepted');
    expect(await verify(first)).toBe('accepted');
    expect(server.fetches).toBe(2);
  });

  it('are not fetched again within ten seconds, even for a rotated key', async () => {
    await verify(first);
    server.keys = keySetOf(first, second);
    clock.advance(9_999);

    expect(await verify(second)).toBe('unknown_key');
    expect(server.fetches).toBe(1);
  });

  it('are dropped within ten minutes of being withdrawn', async () => {
    await verify(first);
    server.keys = keySetOf(second);
    clock.advance(10 * MINUTE);

    expect(await verify(first)).toBe('unknown_key');
  });

  it('are used for one hour while the URL is down', async () => {
    await verify(first);
    server.keys = 'down';
    clock.advance(60 * MINUTE - 1);

    expect(await verify(first)).toBe('accepted');
  });

  it('are no longer used after one hour', async () => {
    await verify(first);
    server.keys = 'down';
    clock.advance(60 * MINUTE);

    expect(await verify(first)).toBe('keys_unavailable');
  });

  it('are used again when the URL is back after a day', async () => {
    await verify(first);
    clock.advance(24 * 60 * MINUTE);

    expect(await verify(first)).toBe('accepted');
  });

  it('are fetched at most once per ten seconds for 10,000 unknown keys while the URL is down', async () => {
    await verify(first);
    server.keys = 'down';
    clock.advance(10 * MINUTE);
    server.fetches = 0;
    const token = await sign(second, claimsAt(clock.now()));
    const payloadAndSignature = token.slice(token.indexOf('.'));
    const began = clock.now();

    const outcomes = new Set<string>();
    for (let n = 0; n < 10_000; n += 1) {
      const header = Buffer.from(JSON.stringify({ alg: 'ES256', kid: `k-${n}` })).toString('base64url');
      const outcome = await verifier.verify(`${header}${payloadAndSignature}`);
      outcomes.add('refused' in outcome ? outcome.refused : 'accepted');
      clock.advance(5);
    }

    expect(outcomes).toEqual(new Set(['unknown_key']));
    expect(server.fetches).toBe((clock.now() - began) / 10_000);
    expect(await verify(first)).toBe('accepted');
  });

  it('are refused, not guessed, when the URL was never up, with one fetch per ten seconds', async () => {
    server.keys = 'down';

    expect(await verify(first)).toBe('keys_unavailable');
    expect(await verify(first)).toBe('keys_unavailable');
    expect(server.fetches).toBe(1);
    server.keys = keySetOf(first);
    clock.advance(10_000);
    expect(await verify(first)).toBe('accepted');
  });

  it.each([
    ['is not JSON', 'a login page'],
    ['is no key set', { keys: 'none' }],
    ['is null', 'null'],
  ])('stay as they were when the answer %s', async (_, answer) => {
    await verify(first);
    server.keys = answer;
    clock.advance(10 * MINUTE);

    expect(await verify(first)).toBe('accepted');
    expect(server.fetches).toBe(2);
  });

  it('are all gone when the answer is an empty set', async () => {
    await verify(first);
    server.keys = keySetOf();
    clock.advance(10 * MINUTE);

    expect(await verify(first)).toBe('unknown_key');
  });

  it('are not guessed for a token without a kid when there are several', async () => {
    server.keys = keySetOf(first, second);
    const token = await sign(first, claimsAt(clock.now()), { kid: undefined });

    expect(await verifier.verify(token)).toEqual({ refused: 'unknown_key' });
  });

  it('that are too short for their algorithm are not used', async () => {
    const { generateKeyPairSync } = await import('node:crypto');
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    server.keys = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'short' }] };
    const [, payload] = (await sign(first, claimsAt(clock.now()))).split('.');
    const header = Buffer.from(JSON.stringify({ alg: 'RS256', kid: 'short' })).toString('base64url');

    expect(await verifier.verify(`${header}.${payload}.${'A'.repeat(171)}`)).toEqual({
      refused: 'unusable_key',
    });
  });

  it.each([['http://issuer.example/jwks'], ['file:///etc/passwd'], ['http://localhost.example/jwks']])(
    'are not taken from %s',
    (jwksUrl) => {
      const create = () =>
        new JwtTokenVerifier({ keys: { jwksUrl }, issuer: ISSUER, audience: AUDIENCE }, clock);

      expect(create).toThrow('has to be https');
    },
  );

  it('are not fetched through a redirect', async () => {
    const asked: RequestInit[] = [];
    const redirecting = async (_: string, init: RequestInit) => {
      asked.push(init);
      return new Response(null, { status: 302, headers: { location: server.url } });
    };
    const keys = { jwksUrl: 'https://issuer.example/jwks' };
    verifier = new JwtTokenVerifier({ keys, issuer: ISSUER, audience: AUDIENCE }, clock, redirecting);

    expect(await verify(first)).toBe('keys_unavailable');
    expect(asked).toMatchObject([{ redirect: 'error' }]);
  });
});
