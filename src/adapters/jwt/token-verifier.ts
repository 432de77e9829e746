import { decodeJwt, decodeProtectedHeader, type JWTPayload, jwtVerify } from 'jose';
import { USER_ID } from '../../../protocol/names.js';
import type { Clock } from '../../application/ports/clock.js';
import {
  CLOCK_SKEW_MS,
  type RefusedToken,
  type TokenRefusal,
  type TokenVerifier,
  type VerifiedToken,
} from '../../application/ports/token-verifier.js';
import { type KeySource, type Keys, openKeys } from './key-source.js';
import type { Fetch } from './remote-keys.js';
import { refusalOf } from './token-refusal.js';

export interface JwtSettings {
  keys: KeySource;
  issuer: string;
  audience: string;
  /** The claim that holds the user id. Default: `sub`. */
  userClaim?: string;
}

/** Verifies signed tokens in the compact form. Keys come from the settings only, never from a token's header. */
export class JwtTokenVerifier implements TokenVerifier {
  readonly #keys: Keys;
  readonly #userClaim: string;

  constructor(
    private readonly settings: JwtSettings,
    private readonly clock: Clock,
    fetch: Fetch = globalThis.fetch,
  ) {
    if (settings.issuer === '' || settings.audience === '')
      throw new Error('Issuer and audience have to be named');
    this.#keys = openKeys(settings.keys, clock, fetch);
    this.#userClaim = settings.userClaim ?? 'sub';
  }

  async verify(token: string): Promise<VerifiedToken | RefusedToken> {
    if (!isParseable(token)) return { refused: 'unparseable' };
    const now = this.clock.now();
    const verified = await this.#verified(token, now);
    return 'refused' in verified ? verified : toVerifiedToken(verified.payload, this.#userClaim, now);
  }

  async #verified(token: string, now: number): Promise<{ payload: JWTPayload } | RefusedToken> {
    try {
      return await jwtVerify(token, this.#keys.find, {
        algorithms: this.#keys.algorithms,
        issuer: this.settings.issuer,
        audience: this.settings.audience,
        requiredClaims: [this.#userClaim, 'iat', 'exp'],
        clockTolerance: CLOCK_SKEW_MS / 1000,
        currentDate: new Date(now),
      });
    } catch (error) {
      return { refused: refusalOf(error) };
    }
  }
}

const MAX_LENGTH = 8192;

// jose's base64url decoder skips line breaks, so it would accept two different texts as one token.
const COMPACT_JWS = /^[\w-]+\.[\w-]+\.[\w-]*$/;

const isParseable = (token: string): boolean => {
  if (token.length > MAX_LENGTH || !COMPACT_JWS.test(token)) return false;
  try {
    decodeProtectedHeader(token);
    decodeJwt(token);
    return true;
  } catch {
    return false;
  }
};

/** The last moment of a JavaScript date; `exp` may be any JSON number, even 1e400. */
const LAST_MOMENT = 8.64e15;

const TOKEN_ID = /^[\x21-\x7e]{1,256}$/;

/** Checks that jose does not make: `iat` in the future, `exp` to the millisecond, and the grammars. */
const toVerifiedToken = (
  claims: JWTPayload,
  userClaim: string,
  now: number,
): VerifiedToken | RefusedToken => {
  const { iat = Number.NaN, exp = Number.NaN, jti } = claims;
  const userId = Object.hasOwn(claims, userClaim) ? claims[userClaim] : undefined;
  const expiresAt = Math.floor(exp * 1000);
  if (!(expiresAt <= LAST_MOMENT) || !Number.isFinite(iat)) return refuse('claim_invalid');
  if (now >= expiresAt + CLOCK_SKEW_MS) return refuse('expired');
  if (iat * 1000 > now + CLOCK_SKEW_MS) return refuse('issued_in_future');
  if (typeof userId !== 'string' || !USER_ID.test(userId)) return refuse('subject_invalid');
  const tokenId: unknown = jti;
  const isTokenId = typeof tokenId === 'string' && TOKEN_ID.test(tokenId);
  return { userId, expiresAt, ...(isTokenId && { tokenId }), claims };
};

const refuse = (refused: TokenRefusal): RefusedToken => ({ refused });
