import type { RefusedToken, TokenVerifier } from '../../application/ports/token-verifier.js';

/** Refuses every token, for a server without keys. */
export class NoTokens implements TokenVerifier {
  async verify(): Promise<RefusedToken> {
    return { refused: 'keys_unavailable' };
  }
}
