import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { exportSPKI, importJWK, SignJWT } from 'jose';
import { KeyServer } from '../../../support/servers/key-server.js';
import {
  AUDIENCE,
  claimsAt,
  createSigningKey,
  encodeTokenPart,
  ISSUER,
  keySetOf,
  type SigningKey,
  sign,
} from '../../../support/token-issuer.js';
import { JwksWorld } from '../support/jwks-world.js';
import { bearerHeaders } from '../support/upgrade.js';

type Making = () => string | Promise<string>;

const HOUR = 3_600;

describe('Of all tokens, over the wire', () => {
  let world: JwksWorld;
  let attacker: SigningKey;
  let attackerServer: KeyServer;
  let rsa: SigningKey;
  beforeAll(async () => {
    world = await JwksWorld.start({ AUTH_QUERY_TOKEN: 'true' });
    attacker = await createSigningKey('k1');
    attackerServer = await new KeyServer().start();
    attackerServer.keys = keySetOf(attacker);
    rsa = await createSigningKey('r1', 'RS256');
    world.issuer.keys = keySetOf(world.key, rsa);
  });
  afterAll(() => Promise.all([world.end(), attackerServer.stop()]));

  const good = (...args: Parameters<JwksWorld['token']>) => world.token(...args);
  const inSeconds = (seconds: number) => world.inSeconds(seconds);
  const unsigned = (alg: string) => `${encodeTokenPart({ alg })}.${encodeTokenPart(claimsAt(Date.now()))}.`;
  const forged = (header: Record<string, unknown>) => sign(attacker, claimsAt(Date.now()), header);
  const parts = async (change: (parts: string[]) => string[]) => change((await good()).split('.')).join('.');
  const withSecret = (secret: string) =>
    new SignJWT(claimsAt(Date.now()))
      .setProtectedHeader({ alg: 'HS256', kid: 'r1' })
      .sign(new TextEncoder().encode(secret));

  const cases: [status: number, name: string, make: Making][] = [
    [101, 'a good one', () => good()],
    [101, 'one that expired 10 s ago', () => good({ exp: inSeconds(-10) })],
    [101, 'one for several audiences with ours', () => good({ aud: ['other', AUDIENCE] })],
    [101, 'one of another algorithm that is allowed', () => good({}, {}, rsa)],
    [401, 'an empty one', () => ''],
    [401, 'two dots', () => '..'],
    [401, 'random text', () => 'open sesame'],
    [401, 'base64 that is not base64url', () => 'ey+/.ey+/.ab+/'],
    [
      401,
      'random bytes in three parts',
      () => [20, 30, 40].map((n) => encodeTokenPart(randomBytes(n).toString('latin1'))).join('.'),
    ],
    [401, 'one of 9 KB', () => good({ pad: 'x'.repeat(7_000) })],
    [403, 'alg none', () => unsigned('none')],
    [403, 'alg NoNe', () => unsigned('NoNe')],
    [
      403,
      'HS256 with the RSA public key',
      async () => withSecret(await exportSPKI((await importJWK(rsa.jwk, 'RS256')) as never)),
    ],
    [403, 'an unknown kid', () => good({}, { kid: 'k2' })],
    [403, 'a path for a kid', () => good({}, { kid: '../../dev/null' })],
    [403, 'quotes and SQL for a kid', () => good({}, { kid: `'"; DROP TABLE keys; --` })],
    [403, 'the attacker’s own key', () => forged({ jwk: attacker.jwk })],
    [403, 'the attacker’s key URL', () => forged({ jku: attackerServer.url })],
    [
      403,
      'an unknown crit',
      () =>
        `${encodeTokenPart({ alg: 'ES256', kid: 'k1', crit: ['x'], x: 1 })}.${encodeTokenPart(claimsAt(Date.now()))}.AAAA`,
    ],
    [403, 'one that expired an hour ago', () => good({ exp: inSeconds(-HOUR) })],
    [403, 'one without exp', () => good({ exp: undefined })],
    [403, 'one whose exp is a string', () => good({ exp: String(inSeconds(HOUR)) })],
    [403, 'one of the future, by nbf', () => good({ nbf: inSeconds(HOUR) })],
    [403, 'one of the future, by iat', () => good({ iat: inSeconds(HOUR) })],
    [403, 'an issuer without its last slash', () => good({ iss: ISSUER.slice(0, -1) })],
    [403, 'another audience', () => good({ aud: 'other' })],
    [403, 'one without its signature', () => parts(([h = '', p = '']) => [h, p, ''])],
    [
      403,
      'one whose payload was exchanged',
      () => parts(([h = '', , s = '']) => [h, encodeTokenPart(claimsAt(Date.now(), { sub: 'eve' })), s]),
    ],
    [401, 'one with a line break after it', async () => `${await good()}\n`],
    [403, 'one without sub', () => good({ sub: undefined })],
    [403, 'an empty sub', () => good({ sub: '' })],
    [403, 'a number for a sub', () => good({ sub: 42 })],
    [401, 'a sub of 10 KB', () => good({ sub: 'a'.repeat(10_240) })],
    [403, 'a sub of 4 KB', () => good({ sub: 'a'.repeat(4_096) })],
    [403, 'the sub bob#admin', () => good({ sub: 'bob#admin' })],
    [403, 'a sub with a line break', () => good({ sub: 'bob\nadmin' })],
  ];

  it.each(cases)('%i: %s', async (status, _, make) => {
    const token = await make();

    const inQuery = await world.upgrade({}, [], `?token=${encodeURIComponent(token)}`);
    // A token that is too long for a URL can still come in a header.
    const answered = inQuery.status === 414 ? await world.upgrade(bearerHeaders(token)) : inQuery;

    expect(answered.status).toBe(status);
    expect(attackerServer.fetches).toBe(0);
  });

  it('a token of 100 KB does not even arrive', async () => {
    expect((await world.upgrade({}, [], `?token=${'x'.repeat(100_000)}`)).status).not.toBe(101);
  });

  it('refusals look alike', async () => {
    const tokens = [
      await good({ exp: 1 }),
      await good({ aud: 'other' }),
      await forged({}),
      await good({ sub: '' }),
    ];

    const upgrades = await Promise.all(tokens.map((token) => world.upgrade({}, [], `?token=${token}`)));

    expect(upgrades.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    expect(new Set(upgrades.map(({ answer }) => answer)).size).toBe(1);
  });
});

describe('Keys at a URL', () => {
  let world: JwksWorld;
  beforeEach(async () => {
    world = await JwksWorld.start();
  });

  const status = async (token: string) => (await world.upgrade({ Authorization: `Bearer ${token}` })).status;

  it('are fetched once for many tokens, and for 200 unknown kids not again', async () => {
    const tokens = await Promise.all(
      Array.from({ length: 200 }, (_, n) => world.token({}, { kid: `unknown-${n}` })),
    );

    expect(await status(await world.token())).toBe(101);
    expect(new Set(await Promise.all(tokens.map(status)))).toEqual(new Set([403]));
    expect(world.issuer.fetches).toBe(1);
    await world.end();
  });

  it('are still known while the URL is down', async () => {
    expect(await status(await world.token())).toBe(101);
    world.issuer.keys = 'down';

    expect(await status(await world.token())).toBe(101);
    expect(await status(await world.token({}, { kid: 'k2' }))).toBe(403);
    await world.end();
  });

  it('admit no client when there were none yet', async () => {
    world.issuer.keys = 'down';

    expect(await status(await world.token())).toBe(403);
    expect(world.issuer.fetches).toBe(1);
    await world.end();
  });
});
