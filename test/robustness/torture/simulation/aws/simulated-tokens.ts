import type { TokenVerifier, VerifiedToken } from '../../../../../src/application/ports/token-verifier.js';
import { ALL_PERMISSIONS } from '../../../../../src/domain/access/permissions.js';

/** Longer than any jump and any clock error. */
const LIFETIME_MS = 1_000 * 24 * 3_600_000;

export const expiryOf = (now: number): number => now + LIFETIME_MS;

/** A token in plain text, without a signature. */
export const issue = (userId: string, now: number, sees: boolean): string =>
  JSON.stringify({ userId, expiresAt: expiryOf(now), sees });

/** Accepts every token. */
export class SimulatedTokens implements TokenVerifier {
  async verify(token: string): Promise<VerifiedToken> {
    const { userId, expiresAt, sees } = JSON.parse(token);
    const permissions = { ...ALL_PERMISSIONS, ...(!sees && { presence: [] }) };
    return { userId, expiresAt, claims: { permissions } };
  }
}
