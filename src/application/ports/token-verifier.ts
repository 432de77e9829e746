import type { UserId } from '../../../protocol/names.js';

/** Knows whose token it is, and whether it is to be believed. */
export interface TokenVerifier {
  /**
   * Never rejects because of the token: what is wrong with it is an outcome. Whatever cannot be decided (no keys,
   * say) is refused. No outcome carries the token or a part of its signature.
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

/** The reason is for the log; the client learns only whether it was `unparseable` (401) or anything else (403). */
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

/** By how much our clock and the issuer's may differ, to either side. */
export const CLOCK_SKEW_MS = 30_000;
