import { createHmac } from 'node:crypto';
import { CanonicalRequest } from './canonical-request.js';
import { PrefixedHmac } from './prefixed-hmac.js';

export interface SigningCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string | undefined;
}

export interface SignedPost {
  path: string;
  /** Names and values in turn; `host` is the URL's, and its client adds it. */
  headers: string[];
}

const ALGORITHM = 'AWS4-HMAC-SHA256';
const CONTENT_TYPE = 'application/octet-stream';

/**
 * Signature version 4, only for `POST …/@connections/…`. It computes the part that all posts of a second share once, and
 * the key once a day: a general signer costs as much as the request itself.
 */
export class PostSigner {
  readonly #path: string;
  readonly #canonicalPath: string;
  #second = Number.NaN;
  #credentials: SigningCredentials | undefined;
  #scope = '';
  #key: Buffer | undefined;
  #authorization = '';
  /** All headers except `authorization`. */
  #headers: string[] = [];
  #request: CanonicalRequest | undefined;
  /** The text to sign, up to the hash of the canonical request. */
  #mac: PrefixedHmac | undefined;

  /** `endpoint` is the URL below which `/@connections` is. */
  constructor(
    private readonly endpoint: URL,
    private readonly region: string,
  ) {
    this.#path = `${endpoint.pathname.replace(/\/$/, '')}/@connections/`;
    this.#canonicalPath = escapeAll(this.#path).replaceAll('%2F', '/');
  }

  /** `at` is in epoch milliseconds, `bodyHash` in hexadecimal digits. */
  sign(connectionId: string, bodyHash: string, at: number, credentials: SigningCredentials): SignedPost {
    const second = Math.floor(at / 1_000);
    if (second !== this.#second || credentials !== this.#credentials) this.#prepare(second, credentials);

    const id = escapeAll(connectionId);
    const request = this.#request?.hash(id.replaceAll('%', '%25'), bodyHash) as string;
    const signature = this.#mac?.of(request) as string;
    return {
      path: this.#path + id,
      headers: ['authorization', this.#authorization + signature, ...this.#headers],
    };
  }

  #prepare(second: number, credentials: SigningCredentials): void {
    const { accessKeyId, secretAccessKey, sessionToken } = credentials;
    const date = new Date(second * 1_000).toISOString().replace(/[-:]|\.\d+/g, '');
    const scope = `${date.slice(0, 8)}/${this.region}/execute-api/aws4_request`;
    if (scope !== this.#scope || secretAccessKey !== this.#credentials?.secretAccessKey)
      this.#key = keyOf(secretAccessKey, scope);

    const signed = [`content-type:${CONTENT_TYPE}`, `host:${this.endpoint.host}`, `x-amz-date:${date}`];
    if (sessionToken !== undefined) signed.push(`x-amz-security-token:${sessionToken}`);
    const names = signed.map((header) => header.slice(0, header.indexOf(':'))).join(';');

    this.#request = new CanonicalRequest(
      `POST\n${this.#canonicalPath}`,
      `\n\n${signed.join('\n')}\n\n${names}\n`,
    );
    this.#mac = new PrefixedHmac(this.#key as Buffer, `${ALGORITHM}\n${date}\n${scope}\n`);
    this.#authorization = `${ALGORITHM} Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=`;
    this.#headers = ['content-type', CONTENT_TYPE, 'x-amz-date', date];
    if (sessionToken !== undefined) this.#headers.push('x-amz-security-token', sessionToken);
    this.#scope = scope;
    this.#second = second;
    this.#credentials = credentials;
  }
}

const keyOf = (secret: string, scope: string): Buffer => {
  let key: Buffer | string = `AWS4${secret}`;
  for (const part of scope.split('/')) key = createHmac('sha256', key).update(part).digest();
  return key as Buffer;
};

/** Also escapes the characters that `encodeURIComponent` keeps and AWS escapes. */
const escapeAll = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (it) => `%${it.charCodeAt(0).toString(16).toUpperCase()}`);
