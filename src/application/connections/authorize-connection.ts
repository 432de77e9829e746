import { USER_ID, type UserId } from '../../../protocol/names.js';
import { isOriginAllowed, type OriginRule } from '../../domain/origin-rule.js';
import { ALL_PERMISSIONS, permissionsFrom } from '../../domain/permissions.js';
import { CLOCK_SKEW_MS, type TokenRefusal, type TokenVerifier } from '../ports/token-verifier.js';
import type { UsedTokens } from '../ports/used-tokens.js';
import { type AuthorizerContext, authorizerContext, fitsAuthorizer } from './authorizer-context.js';
import { type Handshake, headerValues, queryValues } from './handshake.js';
import { presentedToken } from './presented-token.js';

export interface AuthorizationSettings {
  /** `guest` believes what the client says it is called. */
  mode: 'guest' | 'jwt';
  /** Whether `?token=` is looked at. */
  queryToken: boolean;
  /** Whether a token admits one connection only; then it needs a `jti`. */
  singleUse: boolean;
  /** The claim that holds the permissions, see `permissionsFrom`. */
  permissionsClaim: string;
  /** Absent: browsers may connect from any page. */
  origins?: OriginRule | undefined;
}

export type Authorization = Admitted | Refused;

export interface Admitted {
  allowed: true;
  userId: UserId;
  context: AuthorizerContext;
}

export interface Refused {
  allowed: false;
  /** The HTTP status: all that the client may learn. */
  refused: 401 | 403;
  /** For the log. */
  reason: RefusalReason;
}

export type RefusalReason =
  | TokenRefusal
  | 'origin_not_allowed'
  | 'user_id_invalid'
  | 'user_id_conflict'
  | 'token_missing'
  | 'token_conflict'
  | 'token_id_missing'
  | 'token_already_used'
  | 'claims_too_large';

/** Decides who a new connection belongs to, before it exists. */
export class AuthorizeConnection {
  constructor(
    private readonly settings: AuthorizationSettings,
    private readonly verifier: TokenVerifier,
    private readonly usedTokens: UsedTokens,
    /** Eight characters that nobody guesses. */
    private readonly newGuestId: () => string,
  ) {}

  async execute(handshake: Handshake): Promise<Authorization> {
    const { origins, mode } = this.settings;
    if (origins && !isOriginAllowed(origins, headerValues(handshake, 'origin'))) {
      return refuse(403, 'origin_not_allowed');
    }
    return mode === 'guest' ? this.#admitGuest(handshake) : this.#admitByToken(handshake);
  }

  #admitGuest(handshake: Handshake): Authorization {
    const [userId = `guest-${this.newGuestId()}`, ...others] = queryValues(handshake, 'userId');
    if (others.length > 0) return refuse(403, 'user_id_conflict');
    if (!USER_ID.test(userId)) return refuse(403, 'user_id_invalid');
    return { allowed: true, userId, context: authorizerContext(userId, ALL_PERMISSIONS) };
  }

  async #admitByToken(handshake: Handshake): Promise<Authorization> {
    const { queryToken, singleUse, permissionsClaim } = this.settings;
    const presented = presentedToken(handshake, { query: queryToken });
    if (presented === 'missing') return refuse(401, 'token_missing');
    if (presented === 'conflict') return refuse(403, 'token_conflict');

    const verified = await this.verifier.verify(presented.token);
    if ('refused' in verified)
      return refuse(verified.refused === 'unparseable' ? 401 : 403, verified.refused);

    const { userId, expiresAt, tokenId, claims } = verified;
    const permissions = permissionsFrom(
      Object.hasOwn(claims, permissionsClaim) ? claims[permissionsClaim] : undefined,
    );
    const context = authorizerContext(userId, permissions, expiresAt);
    if (!fitsAuthorizer(context)) return refuse(403, 'claims_too_large');

    // Last, so that a refusal for any other reason does not use the token up.
    if (singleUse) {
      if (tokenId === undefined) return refuse(403, 'token_id_missing');
      // The token is accepted until its expiry and the skew have passed, by clocks that differ by the skew.
      if (!(await this.usedTokens.use(tokenId, expiresAt + 2 * CLOCK_SKEW_MS))) {
        return refuse(403, 'token_already_used');
      }
    }
    return { allowed: true, userId, context };
  }
}

const refuse = (status: 401 | 403, reason: RefusalReason): Refused => ({
  allowed: false,
  refused: status,
  reason,
});
