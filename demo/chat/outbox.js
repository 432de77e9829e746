/** As good as the library's own: an idempotency key has to be random, and 122 bits are. */
const randomKey = () => crypto.randomUUID();

/**
 * What was written and is not in the room yet. One message at a time, so that they arrive in the order in which they were
 * written; each keeps its key for as long as it is tried, so that it arrives once.
 */
export class Outbox {
  #publish;
  #changed;
  #running = false;

  constructor(publish, changed, entries = []) {
    this.#publish = publish;
    this.#changed = changed;
    this.entries = entries.map((entry) => ({ ...entry, state: 'sending' }));
  }

  /** `after`: the newest message that was there when this one was written. */
  add(text, after) {
    this.entries.push({ key: randomKey(), text, after, at: Date.now(), state: 'sending' });
    this.#changed();
    void this.run();
  }

  discard(entry) {
    this.entries = this.entries.filter((one) => one !== entry);
    this.#changed();
  }

  /** Tries again what failed: all that may still succeed, or the one that is named. */
  retry(only) {
    for (const entry of this.entries)
      if (entry.state === 'failed' && (entry === only || (!only && entry.error.retryable)))
        entry.state = 'sending';
    this.#changed();
    void this.run();
  }

  /** What is in the room can be seen there. */
  settle(isThere) {
    this.entries = this.entries.filter(({ place }) => !place || !isThere(place));
  }

  async run() {
    if (this.#running) return;
    this.#running = true;
    for (let entry = this.#next(); entry; entry = this.#next()) {
      try {
        entry.place = await this.#publish(entry.text, entry.key);
        entry.state = 'sent';
      } catch (error) {
        entry.state = 'failed';
        entry.error = error;
      }
      this.#changed();
    }
    this.#running = false;
  }

  #next() {
    return this.entries.find(({ state }) => state === 'sending');
  }
}
