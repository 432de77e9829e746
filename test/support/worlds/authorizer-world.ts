import { beforeAll, beforeEach } from '@jest/globals';
import { InMemoryUsedTokens } from '../../../src/adapters/in-memory/used-tokens.js';
import { JwtTokenVerifier } from '../../../src/adapters/jwt/token-verifier.js';
import { TokenAcceptance, type TokenSettings } from '../../../src/application/access/token-acceptance.js';
import {
  type AuthorizationSettings,
  AuthorizeConnection,
} from '../../../src/application/connections/authorize-connection.js';
import type { Handshake } from '../../../src/application/connections/handshake.js';
import { VirtualClock } from '../time/virtual-clock.js';
import {
  AUDIENCE,
  type Claims,
  claimsAt,
  createSigningKey,
  ISSUER,
  keySetOf,
  type SigningKey,
  sign,
} from '../token-issuer.js';

/** Authorizers, and tokens that they accept. */
export class AuthorizerWorld {
  clock = new VirtualClock();
  #key!: SigningKey;
  #guests = 0;

  /** Create it at the top of a test file. */
  constructor() {
    beforeAll(async () => {
      this.#key = await createSigningKey('k1');
    });
    beforeEach(() => {
      this.clock = new VirtualClock();
      this.#guests = 0;
    });
  }

  /** Its guests are called guest-abcdefg0, guest-abcdefg1, … */
  authorizer({
    singleUse = false,
    permissionsClaim = 'permissions',
    ...changes
  }: Partial<AuthorizationSettings & TokenSettings> = {}): AuthorizeConnection {
    const keys = { jwks: JSON.stringify(keySetOf(this.#key)) };
    return new AuthorizeConnection(
      { mode: 'jwt', queryToken: false, ...changes },
      new TokenAcceptance(
        { singleUse, permissionsClaim },
        new JwtTokenVerifier({ keys, issuer: ISSUER, audience: AUDIENCE }, this.clock),
        new InMemoryUsedTokens(this.clock),
      ),
      () => `abcdefg${this.#guests++}`,
    );
  }

  tokenWith(claims: Claims = {}): Promise<string> {
    return sign(this.#key, claimsAt(this.clock.now(), claims));
  }
}

export const bearerHandshake = (token: string): Handshake => ({
  headers: { Authorization: `Bearer ${token}` },
});
