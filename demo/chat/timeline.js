/** The messages of one room and epoch by offset, each of them once, however it came. */
export class Timeline {
  epoch;
  messages = [];
  #offsets = new Set();

  /** Returns the new ones. Messages of another epoch than the first message's are ignored. */
  add(messages) {
    const fresh = [];
    for (const message of messages) {
      this.epoch ??= message.epoch;
      if (message.epoch !== this.epoch || this.#offsets.has(message.offset)) continue;
      this.#offsets.add(message.offset);
      fresh.push(message);
    }
    if (fresh.length) this.messages = [...this.messages, ...fresh].sort((a, b) => a.offset - b.offset);
    return fresh;
  }

  /** Whether the message at this place is here, or further up than has been read. */
  reaches({ epoch, offset }) {
    return epoch === this.epoch && offset <= this.newest.offset;
  }

  get oldest() {
    return this.messages[0];
  }

  get newest() {
    return this.messages.at(-1);
  }

  clear() {
    this.epoch = undefined;
    this.messages = [];
    this.#offsets.clear();
  }
}
