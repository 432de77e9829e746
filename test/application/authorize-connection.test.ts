import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryUsedTokens } from '../../src/adapters/in-memory/in-memory-used-tokens.js';
import { JwtTokenVerifier } from '../../src/adapters/jwt/jwt-token-verifier.js';
import {
  type AuthorizationSettings,
  AuthorizeConnection,
} from '../../src/application/authorize-connection.js';
import type { Handshake } from '../../src/domain/handshake.js';
import {
  ALL_PERMISSIONS,
  DEFAULT_PERMISSIONS,
  NO_PERMISSIONS,
  parsePermissions,
} from '../../src/domain/permissions.js';
import {
  AUDIENCE,
  type Claims,
  claimsAt,
  createSigningKey,
  ISSUER,
  keySetOf,
  type SigningKey,
  sign,
} from '../support/token-issuer.js';
import { VirtualClock } from '../support/virtual-clock.js';

const CONTEXT_LIMIT = 8 * 1024;

let key: SigningKey;
let clock: VirtualClock;
let guests: number;

beforeAll(async () => {
  key = await createSigningKey('k1');
});

beforeEach(() => {
  clock = new VirtualClock();
  guests = 0;
});

const authorizer = (changes: Partial<AuthorizationSettings> = {}) => {
  const keys = { jwks: JSON.stringify(keySetOf(key)) };
  return new AuthorizeConnection(
    { mode: 'jwt', queryToken: false, singleUse: false, permissionsClaim: 'permissions', ...changes },
    new JwtTokenVerifier({ keys, issuer: ISSUER, audience: AUDIENCE }, clock),
    new InMemoryUsedTokens(clock),
    () => `abcdefg${guests++}`,
  );
};

const tokenWith = (claims: Claims = {}) => sign(key, claimsAt(clock.now(), claims));
const bearing = (token: string): Handshake => ({ headers: { Authorization: `Bearer ${token}` } });

describe('a guest', () => {
  const asGuest = (handshake: Handshake) => authorizer({ mode: 'guest' }).execute(handshake);

  it('is who the query says, and may do everything', async () => {
    const outcome = await asGuest({ query: { userId: 'alice' }, multiValueQuery: { userId: ['alice'] } });

    expect(outcome).toMatchObject({ allowed: true, userId: 'alice', context: { userId: 'alice' } });
    const { context } = outcome as Extract<typeof outcome, { allowed: true }>;
    expect(parsePermissions(context.permissions)).toEqual(ALL_PERMISSIONS);
    expect(context).not.toHaveProperty('tokenExpiresAt');
  });

  it('without a name gets one that nobody else has', async () => {
    const authorize = authorizer({ mode: 'guest' });

    expect(await authorize.execute({})).toMatchObject({ allowed: true, userId: 'guest-abcdefg0' });
    expect(await authorize.execute({ query: { room: 'lobby' } })).toMatchObject({ userId: 'guest-abcdefg1' });
  });

  it.each([[''], ['bob#admin'], ['bob\n'], ['*'], ['@alice'], ['a'.repeat(129)], ['ä'], ['a b']])(
    'is refused as %j',
    async (userId) => {
      expect(await asGuest({ query: { userId } })).toEqual({
        allowed: false,
        refused: 403,
        reason: 'user_id_invalid',
      });
    },
  );

  it('is refused with two names that differ', async () => {
    const twice = { query: { userId: 'bob' }, multiValueQuery: { userId: ['alice', 'bob'] } };

    expect(await asGuest(twice)).toEqual({ allowed: false, refused: 403, reason: 'user_id_conflict' });
  });
});

describe('a caller with a token', () => {
  it('is who the token says, whatever the query says', async () => {
    const outcome = await authorizer().execute({ ...bearing(await tokenWith()), query: { userId: 'bob' } });

    expect(outcome).toEqual({
      allowed: true,
      userId: 'alice',
      context: {
        userId: 'alice',
        tokenExpiresAt: String(clock.now() + 300_000),
        permissions: expect.any(String),
      },
    });
  });

  it.each<[string, (token: string) => Handshake]>([
    ['the header', bearing],
    [
      'the sub-protocols',
      (token) => ({ headers: { 'Sec-WebSocket-Protocol': `switchboard.v1, bearer.${token}` } }),
    ],
    ['the query', (token) => ({ query: { token } })],
  ])('may bring it in %s', async (_, present) => {
    const outcome = await authorizer({ queryToken: true }).execute(present(await tokenWith()));

    expect(outcome).toMatchObject({ allowed: true, userId: 'alice' });
  });

  it('may not bring it in the query unless that is wanted', async () => {
    const outcome = await authorizer().execute({ query: { token: await tokenWith() } });

    expect(outcome).toEqual({ allowed: false, refused: 401, reason: 'token_missing' });
  });

  it.each<[string, 401 | 403, string, () => Handshake | Promise<Handshake>]>([
    ['there is none', 401, 'token_missing', () => ({ query: { userId: 'alice' } })],
    ['it cannot be parsed', 401, 'unparseable', () => bearing('nonsense')],
    ['it has expired', 403, 'expired', async () => bearing(await tokenWith({ exp: 1 }))],
    [
      'its sub is no user id',
      403,
      'subject_invalid',
      async () => bearing(await tokenWith({ sub: 'bob#admin' })),
    ],
    [
      'there are two that differ',
      403,
      'token_conflict',
      async () => ({ ...bearing(await tokenWith()), query: { token: await tokenWith({ sub: 'bob' }) } }),
    ],
  ])('is refused when %s', async (_, refused, reason, create) => {
    const handshake = await create();

    expect(await authorizer({ queryToken: true }).execute(handshake)).toEqual({
      allowed: false,
      refused,
      reason,
    });
  });

  it.each<[string, Claims, object]>([
    ['says nothing', {}, DEFAULT_PERMISSIONS],
    ['says something', { permissions: { join: ['team:*'] } }, { ...NO_PERMISSIONS, join: ['team:*'] }],
    ['says what cannot be understood', { permissions: 'all' }, NO_PERMISSIONS],
  ])('has the permissions of a token that %s', async (_, claims, expected) => {
    const outcome = await authorizer().execute(bearing(await tokenWith(claims)));

    expect(outcome.allowed && parsePermissions(outcome.context.permissions)).toEqual(expected);
  });

  it('may have the permissions in another claim', async () => {
    const permissionsClaim = 'https://switchboard.example/permissions';
    const token = await tokenWith({ permissions: ['read:x'], [permissionsClaim]: { join: ['a'] } });

    const outcome = await authorizer({ permissionsClaim }).execute(bearing(token));

    expect(outcome.allowed && parsePermissions(outcome.context.permissions).join).toEqual(['a']);
  });

  it('is refused rather than given a context that API Gateway would not take', async () => {
    const permissions = (count: number) => ({ join: Array.from({ length: count }, (_, n) => `r${n % 10}`) });
    const size = async (count: number) => {
      const outcome = await authorizer().execute(
        bearing(await tokenWith({ permissions: permissions(count) })),
      );
      return outcome.allowed ? JSON.stringify(outcome.context).length : outcome.reason;
    };

    expect(await size(900)).toBeLessThan(CONTEXT_LIMIT - 1000);
    expect(await size(1050)).toBe('claims_too_large');
  });
});

describe('a single-use token', () => {
  const used = { allowed: false, refused: 403, reason: 'token_already_used' };

  it('admits once', async () => {
    const authorize = authorizer({ singleUse: true });
    const handshake = bearing(await tokenWith({ jti: 'ticket' }));

    expect(await authorize.execute(handshake)).toMatchObject({ allowed: true });
    expect(await authorize.execute(handshake)).toEqual(used);
  });

  it('admits exactly once when it comes a hundred times at once', async () => {
    const authorize = authorizer({ singleUse: true });
    const handshake = bearing(await tokenWith({ jti: 'ticket' }));

    const outcomes = await Promise.all(Array.from({ length: 100 }, () => authorize.execute(handshake)));

    expect(outcomes.filter(({ allowed }) => allowed)).toHaveLength(1);
    expect(outcomes.filter(({ allowed }) => !allowed)).toEqual(Array(99).fill(used));
  });

  it('does not admit again at any moment until it has expired, the skew included', async () => {
    const authorize = authorizer({ singleUse: true });
    const handshake = bearing(await tokenWith({ jti: 'ticket' }));
    const outcomes: string[] = [];

    for (let second = 0; second < 400; second += 1) {
      const outcome = await authorize.execute(handshake);
      outcomes.push(outcome.allowed ? 'allowed' : outcome.reason);
      clock.advance(1000);
    }

    expect(outcomes.filter((outcome) => outcome === 'allowed')).toHaveLength(1);
    expect(outcomes.at(-1)).toBe('expired');
  });

  it('is refused without an id', async () => {
    const outcome = await authorizer({ singleUse: true }).execute(bearing(await tokenWith()));

    expect(outcome).toEqual({ allowed: false, refused: 403, reason: 'token_id_missing' });
  });

  it('is not used up by a refusal', async () => {
    const authorize = authorizer({
      singleUse: true,
      origins: { origins: ['https://app.example.com'], allowAbsent: false },
    });
    const { headers } = bearing(await tokenWith({ jti: 'ticket' }));

    const elsewhere = await authorize.execute({ headers: { ...headers, Origin: 'https://evil.example' } });
    const there = await authorize.execute({ headers: { ...headers, Origin: 'https://app.example.com' } });

    expect([elsewhere.allowed, there.allowed]).toEqual([false, true]);
  });

  it('admits any number of times where single use is not asked for', async () => {
    const authorize = authorizer();
    const handshake = bearing(await tokenWith({ jti: 'ticket' }));

    expect(await authorize.execute(handshake)).toMatchObject({ allowed: true });
    expect(await authorize.execute(handshake)).toMatchObject({ allowed: true });
  });
});

describe('a page', () => {
  const origins = { origins: ['https://app.example.com'], allowAbsent: false };

  it.each(['guest', 'jwt'] as const)('that is not on the list is refused in mode %s', async (mode) => {
    const handshake = { headers: { ...bearing(await tokenWith()).headers, origin: 'https://evil.example' } };

    expect(await authorizer({ mode, origins }).execute(handshake)).toEqual({
      allowed: false,
      refused: 403,
      reason: 'origin_not_allowed',
    });
  });

  it.each(['guest', 'jwt'] as const)('that is on the list is admitted in mode %s', async (mode) => {
    const handshake = {
      headers: { ...bearing(await tokenWith()).headers, ORIGIN: 'https://app.example.com' },
    };

    expect(await authorizer({ mode, origins }).execute(handshake)).toMatchObject({ allowed: true });
  });

  it('may be any page when there is no list', async () => {
    const handshake = { headers: { Origin: 'https://evil.example' } };

    expect(await authorizer({ mode: 'guest' }).execute(handshake)).toMatchObject({ allowed: true });
  });
});
