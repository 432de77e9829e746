import { SignJWT } from 'jose';

/** It is public, so it proves nothing. `openKeys` accepts it only on request. */
export const DEVELOPMENT_SECRET = 'switchboard-development-secret-known-to-everybody';
export const DEVELOPMENT_ISSUER = 'https://switchboard.localhost/';
export const DEVELOPMENT_AUDIENCE = 'switchboard';

export interface DevelopmentToken {
  userId: string;
  tokenId: string;
  /** Epoch milliseconds. */
  issuedAt: number;
  expiresAt: number;
  permissions?: unknown;
  userClaim?: string;
  secret?: string;
  issuer?: string;
  audience?: string;
}

/** A token like an issuer's, signed with a shared secret. */
export const developmentToken = ({
  userId,
  tokenId,
  issuedAt,
  expiresAt,
  permissions,
  userClaim = 'sub',
  secret = DEVELOPMENT_SECRET,
  issuer = DEVELOPMENT_ISSUER,
  audience = DEVELOPMENT_AUDIENCE,
}: DevelopmentToken): Promise<string> =>
  new SignJWT({ [userClaim]: userId, ...(permissions !== undefined && { permissions }) })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setJti(tokenId)
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt(Math.floor(issuedAt / 1000))
    .setExpirationTime(Math.floor(expiresAt / 1000))
    .sign(new TextEncoder().encode(secret));
