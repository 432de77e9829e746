import { describe, expect, it } from '@jest/globals';
import { AuthorizerWorld, bearerHandshake } from '../../support/worlds/authorizer-world.js';

const world = new AuthorizerWorld();
const authorizer: AuthorizerWorld['authorizer'] = (changes) => world.authorizer(changes);
const tokenWith: AuthorizerWorld['tokenWith'] = (claims) => world.tokenWith(claims);

describe('a single-use token', () => {
  const used = { allowed: false, refused: 403, reason: 'token_already_used' };

  it('admits once', async () => {
    const authorize = authorizer({ singleUse: true });
    const handshake = bearerHandshake(await tokenWith({ jti: 'ticket' }));

    expect(await authorize.execute(handshake)).toMatchObject({ allowed: true });
    expect(await authorize.execute(handshake)).toEqual(used);
  });

  it('admits exactly once when it comes a hundred times at once', async () => {
    const authorize = authorizer({ singleUse: true });
    const handshake = bearerHandshake(await tokenWith({ jti: 'ticket' }));

    const outcomes = await Promise.all(Array.from({ length: 100 }, () => authorize.execute(handshake)));

    expect(outcomes.filter(({ allowed }) => allowed)).toHaveLength(1);
    expect(outcomes.filter(({ allowed }) => !allowed)).toEqual(Array(99).fill(used));
  });

  it('does not admit again at any moment until it has expired, the skew included', async () => {
    const authorize = authorizer({ singleUse: true });
    const handshake = bearerHandshake(await tokenWith({ jti: 'ticket' }));
    const outcomes: string[] = [];

    for (let second = 0; second < 400; second += 1) {
      const outcome = await authorize.execute(handshake);
      outcomes.push(outcome.allowed ? 'allowed' : outcome.reason);
      world.clock.advance(1000);
    }

    expect(outcomes.filter((outcome) => outcome === 'allowed')).toHaveLength(1);
    expect(outcomes.at(-1)).toBe('expired');
  });

  it('is refused without an id', async () => {
    const outcome = await authorizer({ singleUse: true }).execute(bearerHandshake(await tokenWith()));

    expect(outcome).toEqual({ allowed: false, refused: 403, reason: 'token_id_missing' });
  });

  it('is not used up by a refusal', async () => {
    const authorize = authorizer({
      singleUse: true,
      origins: { origins: ['https://app.example.com'], allowAbsent: false },
    });
    const { headers } = bearerHandshake(await tokenWith({ jti: 'ticket' }));

    const elsewhere = await authorize.execute({ headers: { ...headers, Origin: 'https://evil.example' } });
    const there = await authorize.execute({ headers: { ...headers, Origin: 'https://app.example.com' } });

    expect([elsewhere.allowed, there.allowed]).toEqual([false, true]);
  });

  it('admits any number of times without the single-use setting', async () => {
    const authorize = authorizer();
    const handshake = bearerHandshake(await tokenWith({ jti: 'ticket' }));

    expect(await authorize.execute(handshake)).toMatchObject({ allowed: true });
    expect(await authorize.execute(handshake)).toMatchObject({ allowed: true });
  });
});
