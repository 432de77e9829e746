import { hash } from 'node:crypto';

const BLOCK_BYTES = 64;
const DIGEST_BYTES = 32;
const HEX_DIGITS = 2 * DIGEST_BYTES;

/**
 * HMAC-SHA-256 (RFC 2104) of texts that begin alike and end in a SHA-256. `createHmac` makes an object with a finaliser for
 * each text, which costs more than the hashing itself; this uses the same two buffers for all.
 */
export class PrefixedHmac {
  readonly #inner: Buffer;
  readonly #outer: Buffer;

  /** `key` has at most 64 bytes, `prefix` only ASCII. */
  constructor(key: Buffer, prefix: string) {
    const start = BLOCK_BYTES + prefix.length;
    this.#inner = Buffer.alloc(start + HEX_DIGITS);
    this.#inner.write(prefix, BLOCK_BYTES, 'latin1');
    this.#outer = Buffer.alloc(BLOCK_BYTES + DIGEST_BYTES);
    for (let at = 0; at < BLOCK_BYTES; at += 1) {
      this.#inner[at] = (key[at] ?? 0) ^ 0x36;
      this.#outer[at] = (key[at] ?? 0) ^ 0x5c;
    }
  }

  /** `digest` and the result are in hexadecimal digits. */
  of(digest: string): string {
    this.#inner.write(digest, this.#inner.length - HEX_DIGITS, 'latin1');
    this.#outer.write(hash('sha256', this.#inner, 'binary'), BLOCK_BYTES, 'latin1');
    return hash('sha256', this.#outer);
  }
}
