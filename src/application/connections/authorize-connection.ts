import { USER_ID, type UserId } from '../../../protocol/names.js';
import { isOriginAllowed, type OriginRule } from '../../domain/access/origin-rule.js';
import { ALL_PERMISSIONS } from '../../domain/access/permissions.js';
import type { AcceptedToken, TokenAcceptance, TokenObjection } from '../access/token-acceptance.js';
import { type AuthorizerContext, authorizerContext, fitsAuthorizer } from './authorizer-context.js';
import { type Handshake, headerValues, queryValues } from './handshake.js';
import { presentedToken } from './presented-token.js';

export interface AuthorizationSettings {
  /** `guest` accepts the user id that the client gives. */
  mode: 'guest' | 'jwt';
  /** Whether a token in `?token=` is accepted. */
  queryToken: boolean;
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
  /** The HTTP status: the client learns nothing else. */
  refused: 401 | 403;
  /** For the log. */
  reason: RefusalReason;
}

export type RefusalReason =
  | TokenObjection
  | 'origin_not_allowed'
  | 'user_id_invalid'
  | 'user_id_conflict'
  | 'token_missing'
  | 'token_conflict'
  | 'claims_too_large';

/** Decides which user a new connection belongs to, before it exists. */
export class AuthorizeConnection {
  constructor(
    private readonly settings: AuthorizationSettings,
    private readonly tokens: TokenAcceptance,
    /** Eight characters that cannot be guessed. */
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
    const presented = presentedToken(handshake, { query: this.settings.queryToken });
    if (presented === 'missing') return refuse(401, 'token_missing');
    if (presented === 'conflict') return refuse(403, 'token_conflict');

    const accepted = await this.tokens.accept(presented.token, (token) =>
      fitsAuthorizer(contextOf(token)) ? undefined : 'claims_too_large',
    );
    if ('refused' in accepted)
      return refuse(accepted.refused === 'unparseable' ? 401 : 403, accepted.refused);
    return { allowed: true, userId: accepted.userId, context: contextOf(accepted) };
  }
}

const contextOf = ({ userId, permissions, expiresAt }: AcceptedToken): AuthorizerContext =>
  authorizerContext(userId, permissions, expiresAt);

const refuse = (status: 401 | 403, reason: RefusalReason): Refused => ({
  allowed: false,
  refused: status,
  reason,
});
