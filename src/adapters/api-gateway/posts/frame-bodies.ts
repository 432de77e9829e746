import { hash } from 'node:crypto';

export interface FrameBody {
  bytes: Buffer;
  /** SHA-256, in hexadecimal digits. */
  hash: string;
}

/** About as many frames as one room's batch is cut into. */
const KEPT = 16;

/** Frames as they are sent: each goes to many connections and is encoded and hashed once. */
export class FrameBodies {
  readonly #bodies = new Map<string, FrameBody>();

  of(frame: string): FrameBody {
    const known = this.#bodies.get(frame);
    if (known) return known;
    const bytes = Buffer.from(frame);
    const body = { bytes, hash: hash('sha256', bytes) };
    if (this.#bodies.size >= KEPT) this.#bodies.delete(this.#bodies.keys().next().value as string);
    this.#bodies.set(frame, body);
    return body;
  }
}
