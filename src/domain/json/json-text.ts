/**
 * JSON that we have serialised once. We measure, hash, store and send this very text, and never parse it on the way.
 */
export class JsonText {
  private constructor(readonly text: string) {}

  /** `value` came out of `JSON.parse`. */
  static of(value: unknown): JsonText {
    return new JsonText(JSON.stringify(value));
  }

  /** `text` is from a store that only we write to. */
  static stored(text: string): JsonText {
    return new JsonText(text);
  }

  get bytes(): number {
    return Buffer.byteLength(this.text);
  }
}

/** A message, with its data serialised, as use cases get it. */
export type Serialised<Message extends { data: unknown }> = Omit<Message, 'data'> & { data: JsonText };
