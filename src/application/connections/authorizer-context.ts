import type { UserId } from '../../../protocol/names.js';
import { formatPermissions, type Permissions } from '../../domain/access/permissions.js';

/**
 * The authorizer's context in every later event of the connection. It is flat and has only strings, because API Gateway may
 * turn other primitives into strings on some routes.
 */
export type AuthorizerContext = Readonly<Record<string, string>> & {
  readonly userId: UserId;
  /** See `parsePermissions`. */
  readonly permissions: string;
  /** Epoch milliseconds in decimal digits; absent for a guest. */
  readonly tokenExpiresAt?: string;
};

export const authorizerContext = (
  userId: UserId,
  permissions: Permissions,
  tokenExpiresAt?: number,
): AuthorizerContext => ({
  userId,
  permissions: formatPermissions(permissions),
  ...(tokenExpiresAt !== undefined && { tokenExpiresAt: String(tokenExpiresAt) }),
});

/** API Gateway accepts 8 KB for the authorizer's whole answer: this leaves 1 KB for principal and policy. */
const CONTEXT_BYTES = 7 * 1024;

/** Everything in a context is ASCII, by the grammars of user ids and patterns. */
export const fitsAuthorizer = (context: AuthorizerContext): boolean =>
  JSON.stringify(context).length <= CONTEXT_BYTES;
