import { describe, expect, it } from '@jest/globals';
import { AuthorizerWorld, bearerHandshake } from '../../support/worlds/authorizer-world.js';

const world = new AuthorizerWorld();
const authorizer: AuthorizerWorld['authorizer'] = (changes) => world.authorizer(changes);
const tokenWith: AuthorizerWorld['tokenWith'] = (claims) => world.tokenWith(claims);

describe('a page', () => {
  const origins = { origins: ['https://app.example.com'], allowAbsent: false };

  it.each(['guest', 'jwt'] as const)('that is not on the list is refused in mode %s', async (mode) => {
    const handshake = {
      headers: { ...bearerHandshake(await tokenWith()).headers, origin: 'https://evil.example' },
    };

    expect(await authorizer({ mode, origins }).execute(handshake)).toEqual({
      allowed: false,
      refused: 403,
      reason: 'origin_not_allowed',
    });
  });

  it.each(['guest', 'jwt'] as const)('that is on the list is admitted in mode %s', async (mode) => {
    const handshake = {
      headers: { ...bearerHandshake(await tokenWith()).headers, ORIGIN: 'https://app.example.com' },
    };

    expect(await authorizer({ mode, origins }).execute(handshake)).toMatchObject({ allowed: true });
  });

  it('may be any page when there is no list', async () => {
    const handshake = { headers: { Origin: 'https://evil.example' } };

    expect(await authorizer({ mode: 'guest' }).execute(handshake)).toMatchObject({ allowed: true });
  });
});
