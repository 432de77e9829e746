/** The messages of one room and epoch by their offsets, each once, whichever way it came. */
export class Timeline {
  epoch;
  messages = [];
  #offsets = new Set();

  /** Returns what was new. Messages of another epoch than the first one's are none of this timeline's. */
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

  has({ epoch, offset }) {
    return epoch === this.epoch && this.#offsets.has(offset);
  }

  get oldest() {
    return this.messages[0];
  }

  clear() {
    this.epoch = undefined;
    this.messages = [];
    this.#offsets.clear();
  }
}
