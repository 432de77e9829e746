import type { UserId } from '../../../protocol/names.js';

/** Decides whether a token is valid, and to which user it belongs. */
export interface TokenVerifier {
  /**
   * Never rejects because of the token: a bad token is an outcome. If it cannot decide (for example without keys), it
   * refuses. No outcome contains the token or a part of its signature.
   */
  verify(token: string): Promise<VerifiedToken | RefusedToken>;
}

export interface VerifiedToken {
  /** Fits the grammar of user ids. */
  userId: UserId;
  /** The token's own `exp`, in milliseconds: up to `CLOCK_SKEW_MS` in the past. */
  expiresAt: number;
  /** `jti`, when there is one: 1–256 visible ASCII characters. */
  tokenId?: string;
  claims: Readonly<Record<string, unknown>>;
}

/** The reason is for the log; the client learns only whether it was `unparseable` (401) or another reason (403). */
export interface RefusedToken {
  refused: TokenRefusal;
}

export type TokenRefusal =
  | 'unparseable'
  | 'algorithm_not_allowed'
  | 'header_not_supported'
  | 'unknown_key'
  | 'unusable_key'
  | 'keys_unavailable'
  | 'signature_invalid'
  | 'claim_missing'
  | 'claim_invalid'
  | 'issuer_mismatch'
  | 'audience_mismatch'
  | 'expired'
  | 'not_yet_valid'
  | 'issued_in_future'
  | 'subject_invalid';

/** How far our clock and the issuer's may differ, in either direction. */
export const CLOCK_SKEW_MS = 30_000;
