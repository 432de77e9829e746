import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import type { Clock } from '../../application/ports/clock.js';
import { DEVELOPMENT_SECRET } from './development-token.js';
import { type Fetch, RemoteKeys } from './remote-keys.js';

/** Exactly one of: the URL of the issuer's keys, the text of a JWKS file, a shared secret. */
export type KeySource =
  | { jwksUrl: string }
  | { jwks: string }
  | {
      secret: string;
      /** Whether to accept the public secret of this repository. */
      development: boolean;
    };

export interface Keys {
  /** Fixed by the kind of source, so that a public key never serves as a secret. */
  algorithms: string[];
  find: JWTVerifyGetKey;
}

const PUBLIC_KEY_ALGORITHMS = ['RS256', 'ES256', 'EdDSA'];

/** At least as long as the hash: RFC 7518, 3.2. */
const SECRET_BYTES = 32;

/** @throws Error for an untrustworthy source; the message contains nothing of the source */
export const openKeys = (source: KeySource, clock: Clock, fetch: Fetch): Keys => {
  if ('jwksUrl' in source) {
    return { algorithms: PUBLIC_KEY_ALGORITHMS, find: new RemoteKeys(source.jwksUrl, clock, fetch).find };
  }
  if ('jwks' in source) {
    return { algorithms: PUBLIC_KEY_ALGORITHMS, find: createLocalJWKSet(parseKeySet(source.jwks)) };
  }
  if (source.secret === DEVELOPMENT_SECRET && !source.development) {
    throw new Error('The development secret is for local use only: set a secret of your own');
  }
  const secret = new TextEncoder().encode(source.secret);
  if (secret.length < SECRET_BYTES) throw new Error(`The secret has to have ${SECRET_BYTES} bytes at least`);
  return { algorithms: ['HS256'], find: async () => secret };
};

const parseKeySet = (text: string): JSONWebKeySet => {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, which may contain private keys by mistake.
    throw new Error('The JWKS is not JSON');
  }
};
