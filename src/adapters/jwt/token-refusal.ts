import { errors } from 'jose';
import type { TokenRefusal } from '../../application/ports/token-verifier.js';
import { KeysUnavailable } from './remote-keys.js';

/**
 * The name of the failure. Only names leave this adapter, because jose's claim errors carry the whole payload. Any other
 * error comes from a key that does not fit the token (too short, or of another type).
 */
export const refusalOf = (error: unknown): TokenRefusal => {
  if (error instanceof KeysUnavailable) return 'keys_unavailable';
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JWTClaimValidationFailed) return claimRefusal(error);
  return (error instanceof errors.JOSEError && BY_CODE.get(error.code)) || 'unusable_key';
};

const BY_CODE: ReadonlyMap<string, TokenRefusal> = new Map([
  [errors.JWSInvalid.code, 'unparseable'],
  [errors.JWTInvalid.code, 'unparseable'],
  [errors.JOSEAlgNotAllowed.code, 'algorithm_not_allowed'],
  [errors.JOSENotSupported.code, 'header_not_supported'],
  [errors.JWKSNoMatchingKey.code, 'unknown_key'],
  [errors.JWKSMultipleMatchingKeys.code, 'unknown_key'],
  [errors.JWSSignatureVerificationFailed.code, 'signature_invalid'],
]);

const MISMATCHES: ReadonlyMap<string, TokenRefusal> = new Map([
  ['iss', 'issuer_mismatch'],
  ['aud', 'audience_mismatch'],
  ['nbf', 'not_yet_valid'],
]);

const claimRefusal = ({ claim, reason }: errors.JWTClaimValidationFailed): TokenRefusal => {
  if (reason === 'missing') return 'claim_missing';
  if (reason === 'invalid') return 'claim_invalid';
  return MISMATCHES.get(claim) ?? 'claim_invalid';
};
