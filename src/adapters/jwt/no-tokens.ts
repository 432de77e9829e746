import type { RefusedToken, TokenVerifier } from '../../application/ports/token-verifier.js';

/** Where no keys are configured, no token is to be believed. */
export class NoTokens implements TokenVerifier {
  async verify(): Promise<RefusedToken> {
    return { refused: 'keys_unavailable' };
  }
}
