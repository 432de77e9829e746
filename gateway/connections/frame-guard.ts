const CONTINUATION = 0;
const BINARY = 2;
const RESERVED_BITS = 0x70;
const CONTROL = 8;

/**
 * Reads the headers of a client's WebSocket frames as the bytes pass by. API Gateway limits frames, not only
 * messages, and refuses binary frames; a receiver of messages sees neither in time. Payloads are skipped, not kept.
 */
export class FrameGuard {
  /** The close code for the client's violation, and the number (from 1) of the message with it. */
  refusal: { code: 1003 | 1009; message: number } | undefined;

  #messages = 0;
  #broken = false;
  #payloadLeft = 0;
  #header: number[] = [];

  constructor(private readonly frameBytes: number) {}

  read(chunk: Buffer): void {
    for (let at = 0; at < chunk.length && !this.refusal && !this.#broken; ) {
      if (this.#payloadLeft > 0) {
        const skipped = Math.min(this.#payloadLeft, chunk.length - at);
        this.#payloadLeft -= skipped;
        at += skipped;
      } else {
        this.#header.push(chunk[at] ?? 0);
        at += 1;
        if (this.#header.length >= 2 && this.#header.length === headerLength(this.#header)) this.#frame();
      }
    }
  }

  #frame(): void {
    const [first = 0] = this.#header;
    const opcode = first & 0x0f;
    const length = payloadLength(this.#header);
    // ws itself refuses violations of the protocol, with its own codes.
    this.#broken = (first & RESERVED_BITS) !== 0 || (opcode > BINARY && (opcode < CONTROL || length > 125));
    if (this.#broken) return;
    if (opcode !== CONTINUATION && opcode < CONTROL) this.#messages += 1;
    if (opcode === BINARY) this.refusal = { code: 1003, message: this.#messages };
    else if (length > this.frameBytes) this.refusal = { code: 1009, message: this.#messages };
    this.#payloadLeft = length;
    this.#header = [];
  }
}

const lengthBytes = (header: number[]): number => {
  const short = (header[1] ?? 0) & 0x7f;
  return short === 127 ? 8 : short === 126 ? 2 : 0;
};

const headerLength = (header: number[]): number =>
  2 + lengthBytes(header) + ((header[1] ?? 0) & 0x80 ? 4 : 0);

const payloadLength = (header: number[]): number => {
  const bytes = lengthBytes(header);
  return bytes === 0
    ? (header[1] ?? 0) & 0x7f
    : header.slice(2, 2 + bytes).reduce((length, byte) => length * 256 + byte, 0);
};
