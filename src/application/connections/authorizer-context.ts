import type { UserId } from '../../../protocol/names.js';
import { formatPermissions, type Permissions } from '../../domain/access/permissions.js';

/**
 * What the authorizer tells every later event of the connection: flat, and strings only, because API Gateway may
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

/** API Gateway takes 8 KB for the authorizer's whole answer: 1 KB of it stays for principal and policy. */
const CONTEXT_BYTES = 7 * 1024;

/** All that gets into a context is ASCII, by the grammars of user ids and patterns. */
export const fitsAuthorizer = (context: AuthorizerContext): boolean =>
  JSON.stringify(context).length <= CONTEXT_BYTES;
