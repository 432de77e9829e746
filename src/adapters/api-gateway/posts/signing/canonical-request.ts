import { hash } from 'node:crypto';

const HEX_DIGITS = 64;

/**
 * The text that is signed for a post, kept as bytes: posts of one second differ only in the connection id, and sometimes
 * the body. A new text for each post, with the session token in it, would be most of the garbage that a post makes.
 */
export class CanonicalRequest {
  readonly #before: Buffer;
  readonly #after: Buffer;
  #bytes = Buffer.alloc(0);
  #idLength = -1;
  #bodyHash = '';

  /** The parts before the id, and between it and the hash of the body. */
  constructor(before: string, after: string) {
    this.#before = Buffer.from(before);
    this.#after = Buffer.from(after);
  }

  /** Its SHA-256; `id` has only ASCII, `bodyHash` and the result are in hexadecimal digits. */
  hash(id: string, bodyHash: string): string {
    if (id.length !== this.#idLength) {
      this.#bytes = Buffer.concat([
        this.#before,
        Buffer.alloc(id.length),
        this.#after,
        Buffer.alloc(HEX_DIGITS),
      ]);
      this.#idLength = id.length;
      this.#bodyHash = '';
    }
    this.#bytes.write(id, this.#before.length, 'latin1');
    if (bodyHash !== this.#bodyHash) {
      this.#bytes.write(bodyHash, this.#bytes.length - HEX_DIGITS, 'latin1');
      this.#bodyHash = bodyHash;
    }
    return hash('sha256', this.#bytes);
  }
}
