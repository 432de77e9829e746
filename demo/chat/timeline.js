/** The messages of one room, oldest first: the library brings each of them once and in order, and pages end where they begin. */
export class Timeline {
  messages = [];

  append(message) {
    this.messages = [...this.messages, message];
  }

  prepend(page) {
    this.messages = [...page, ...this.messages];
  }

  /** Whether the message at this place is here, or further up than has been read. */
  reaches({ epoch, offset }) {
    return epoch === this.newest?.epoch && offset <= this.newest.offset;
  }

  get oldest() {
    return this.messages[0];
  }

  get newest() {
    return this.messages.at(-1);
  }

  clear() {
    this.messages = [];
  }
}
