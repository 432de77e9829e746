import { describe, expect, it } from '@jest/globals';
import type { Handshake } from '../../../src/application/connections/handshake.js';
import {
  ALL_PERMISSIONS,
  DEFAULT_PERMISSIONS,
  NO_PERMISSIONS,
  parsePermissions,
} from '../../../src/domain/access/permissions.js';
import type { Claims } from '../../support/token-issuer.js';
import { AuthorizerWorld, bearerHandshake } from '../../support/worlds/authorizer-world.js';

const CONTEXT_LIMIT = 8 * 1024;

const world = new AuthorizerWorld();
const authorizer: AuthorizerWorld['authorizer'] = (changes) => world.authorizer(changes);
const tokenWith: AuthorizerWorld['tokenWith'] = (claims) => world.tokenWith(claims);

describe('a guest', () => {
  const asGuest = (handshake: Handshake) => authorizer({ mode: 'guest' }).execute(handshake);

  it('has the user id of the query, and may do everything', async () => {
    const outcome = await asGuest({ query: { userId: 'alice' }, multiValueQuery: { userId: ['alice'] } });

    expect(outcome).toMatchObject({ allowed: true, userId: 'alice', context: { userId: 'alice' } });
    const { context } = outcome as Extract<typeof outcome, { allowed: true }>;
    expect(parsePermissions(context.permissions)).toEqual(ALL_PERMISSIONS);
    expect(context).not.toHaveProperty('tokenExpiresAt');
  });

  it('without a name gets a unique one', async () => {
    const authorize = authorizer({ mode: 'guest' });

    expect(await authorize.execute({})).toMatchObject({ allowed: true, userId: 'guest-abcdefg0' });
    expect(await authorize.execute({ query: { room: 'lobby' } })).toMatchObject({ userId: 'guest-abcdefg1' });
  });

  it.each([
    [''],
    ['bob#admin'],
    ['bob\n'],
    ['*'],
    ['@alice'],
    ['$connect'],
    ['a"b'],
    ['a\\b'],
    ['a'.repeat(257)],
    ['ä'],
    ['a b'],
  ])('is refused as %j', async (userId) => {
    expect(await asGuest({ query: { userId } })).toEqual({
      allowed: false,
      refused: 403,
      reason: 'user_id_invalid',
    });
  });

  it('is refused with two names that differ', async () => {
    const twice = { query: { userId: 'bob' }, multiValueQuery: { userId: ['alice', 'bob'] } };

    expect(await asGuest(twice)).toEqual({ allowed: false, refused: 403, reason: 'user_id_conflict' });
  });
});

describe('a caller with a token', () => {
  it('has the user id of the token, even if the query names another', async () => {
    const outcome = await authorizer().execute({
      ...bearerHandshake(await tokenWith()),
      query: { userId: 'bob' },
    });

    expect(outcome).toEqual({
      allowed: true,
      userId: 'alice',
      context: {
        userId: 'alice',
        tokenExpiresAt: String(world.clock.now() + 300_000),
        permissions: expect.any(String),
      },
    });
  });

  it.each<[string, (token: string) => Handshake]>([
    ['the header', bearerHandshake],
    [
      'the sub-protocols',
      (token) => ({ headers: { 'Sec-WebSocket-Protocol': `switchboard.v1, bearer.${token}` } }),
    ],
    ['the query', (token) => ({ query: { token } })],
  ])('may bring it in %s', async (_, present) => {
    const outcome = await authorizer({ queryToken: true }).execute(present(await tokenWith()));

    expect(outcome).toMatchObject({ allowed: true, userId: 'alice' });
  });

  it('may not send it in the query unless the setting allows it', async () => {
    const outcome = await authorizer().execute({ query: { token: await tokenWith() } });

    expect(outcome).toEqual({ allowed: false, refused: 401, reason: 'token_missing' });
  });

  it.each<[string, 401 | 403, string, () => Handshake | Promise<Handshake>]>([
    ['there is none', 401, 'token_missing', () => ({ query: { userId: 'alice' } })],
    ['it cannot be parsed', 401, 'unparseable', () => bearerHandshake('nonsense')],
    ['it has expired', 403, 'expired', async () => bearerHandshake(await tokenWith({ exp: 1 }))],
    [
      'its sub is no user id',
      403,
      'subject_invalid',
      async () => bearerHandshake(await tokenWith({ sub: 'bob#admin' })),
    ],
    [
      'there are two that differ',
      403,
      'token_conflict',
      async () => ({
        ...bearerHandshake(await tokenWith()),
        query: { token: await tokenWith({ sub: 'bob' }) },
      }),
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
    ['can be understood in part', { permissions: { join: ['team:*', null], send: ['bob'] } }, NO_PERMISSIONS],
  ])('has the permissions of a token that %s', async (_, claims, expected) => {
    const outcome = await authorizer().execute(bearerHandshake(await tokenWith(claims)));

    expect(outcome.allowed && parsePermissions(outcome.context.permissions)).toEqual(expected);
  });

  it('may have the permissions in another claim', async () => {
    const permissionsClaim = 'https://switchboard.example/permissions';
    const token = await tokenWith({ permissions: ['read:x'], [permissionsClaim]: { join: ['a'] } });

    const outcome = await authorizer({ permissionsClaim }).execute(bearerHandshake(token));

    expect(outcome.allowed && parsePermissions(outcome.context.permissions).join).toEqual(['a']);
  });

  it('is refused if API Gateway would not accept its context', async () => {
    const permissions = (count: number) => ({ join: Array.from({ length: count }, (_, n) => `r${n % 10}`) });
    const size = async (count: number) => {
      const outcome = await authorizer().execute(
        bearerHandshake(await tokenWith({ permissions: permissions(count) })),
      );
      return outcome.allowed ? JSON.stringify(outcome.context).length : outcome.reason;
    };

    expect(await size(900)).toBeLessThan(CONTEXT_LIMIT - 1000);
    expect(await size(1050)).toBe('claims_too_large');
  });
});
