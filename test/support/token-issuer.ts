import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

export const ISSUER = 'https://issuer.example/';
export const AUDIENCE = 'switchboard-test';

export interface SigningKey {
  alg: string;
  kid: string;
  /** A secret is bytes. */
  privateKey: CryptoKey | Uint8Array;
  jwk: JWK;
}

export const createSigningKey = async (kid: string, alg = 'ES256'): Promise<SigningKey> => {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { alg, kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
};

export const keySetOf = (...keys: SigningKey[]) => ({ keys: keys.map(({ jwk }) => jwk) });

export type Claims = Record<string, unknown>;

/** Valid claims at `now`; `undefined` removes one. */
export const claimsAt = (now: number, changes: Claims = {}): Claims => {
  const seconds = Math.floor(now / 1000);
  const claims = { sub: 'alice', iss: ISSUER, aud: AUDIENCE, iat: seconds, exp: seconds + 300, ...changes };
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
};

export const sign = (
  key: Omit<SigningKey, 'jwk'>,
  claims: Claims,
  header: Record<string, unknown> = {},
): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg: key.alg, kid: key.kid, ...header }).sign(key.privateKey);

export const encodeTokenPart = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
