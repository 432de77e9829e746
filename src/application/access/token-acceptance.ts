import type { UserId } from '../../../protocol/names.js';
import { type Permissions, permissionsFrom } from '../../domain/access/permissions.js';
import { CLOCK_SKEW_MS, type TokenRefusal, type TokenVerifier } from '../ports/token-verifier.js';
import type { UsedTokens } from '../ports/used-tokens.js';

export interface TokenSettings {
  /** Whether a token is accepted only once; then it needs a `jti`. */
  singleUse: boolean;
  /** The claim that holds the permissions, see `permissionsFrom`. */
  permissionsClaim: string;
}

export interface AcceptedToken {
  userId: UserId;
  expiresAt: number;
  permissions: Permissions;
}

export type TokenObjection = TokenRefusal | 'token_id_missing' | 'token_already_used';

/** Decides whether a token is accepted, and what it permits, for new connections and for refreshes. */
export class TokenAcceptance {
  constructor(
    private readonly settings: TokenSettings,
    private readonly verifier: TokenVerifier,
    private readonly usedTokens: UsedTokens,
  ) {}

  /** A token that `objectionTo` refuses is not used up. */
  async accept<Objection extends string>(
    token: string,
    objectionTo: (accepted: AcceptedToken) => Objection | undefined,
  ): Promise<AcceptedToken | { refused: TokenObjection | Objection }> {
    const verified = await this.verifier.verify(token);
    if ('refused' in verified) return verified;

    const { userId, expiresAt, tokenId, claims } = verified;
    const { permissionsClaim } = this.settings;
    const claim = Object.hasOwn(claims, permissionsClaim) ? claims[permissionsClaim] : undefined;
    const accepted = { userId, expiresAt, permissions: permissionsFrom(claim) };
    const refused = objectionTo(accepted) ?? (await this.#use(tokenId, expiresAt));
    return refused === undefined ? accepted : { refused };
  }

  async #use(tokenId: string | undefined, expiresAt: number): Promise<TokenObjection | undefined> {
    if (!this.settings.singleUse) return undefined;
    if (tokenId === undefined) return 'token_id_missing';
    // A token stays valid for the skew after its expiry, on clocks that themselves differ by the skew.
    const isFresh = await this.usedTokens.use(tokenId, expiresAt + 2 * CLOCK_SKEW_MS);
    return isFresh ? undefined : 'token_already_used';
  }
}
