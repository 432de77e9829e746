import { randomKey } from './random-key.js';

/** For as long as this the server recognises a key. Sent again later, a message could be stored twice. */
const KEY_MS = 24 * 60 * 60_000;

const TOO_OLD = {
  code: 'too_old',
  message: 'this was written more than a day ago and may have arrived',
  retryable: false,
};

/**
 * Messages that are not in the room yet. They are sent one at a time, in the order in which they were written;
 * each keeps its key for as long as it is tried, so that it arrives once.
 */
export class Outbox {
  #publish;
  #changed;
  #isOpen = false;
  #running = false;

  constructor(publish, changed, entries = []) {
    this.#publish = publish;
    this.#changed = changed;
    this.entries = entries.map((entry) =>
      entry.at < Date.now() - KEY_MS
        ? { ...entry, state: 'failed', error: TOO_OLD }
        : { ...entry, state: 'sending' },
    );
  }

  /** Nothing is sent before this call: a room refuses everything until it is joined. */
  open() {
    this.#isOpen = true;
    void this.#run();
  }

  close() {
    this.#isOpen = false;
  }

  get unsent() {
    return this.entries.filter(({ state }) => state !== 'sent').length;
  }

  /** Whether something that may still succeed has failed: everything behind it waits. */
  get isStopped() {
    return this.#first()?.state === 'failed';
  }

  /** `after`: the offset of the newest message that was there when this one was written. */
  add(text, after) {
    this.entries.push({ key: randomKey(), text, after, at: Date.now(), state: 'sending' });
    this.#changed();
    void this.#run();
  }

  discard(entry) {
    this.entries = this.entries.filter((one) => one !== entry);
    this.#changed();
    void this.#run();
  }

  /** Tries again everything that may still succeed, or the one entry that is named. */
  retry(only) {
    for (const entry of this.entries)
      if (entry.state === 'failed' && (entry === only || (!only && entry.error.retryable)))
        entry.state = 'sending';
    this.#changed();
    void this.#run();
  }

  /** Forgets what the server has taken and the conversation shows, or shows further up. */
  settle(isShown) {
    this.entries = this.entries.filter(({ place }) => !place || !isShown(place));
  }

  async #run() {
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
    const first = this.#isOpen ? this.#first() : undefined;
    return first?.state === 'sending' ? first : undefined;
  }

  /** The first that may still succeed: nothing overtakes it, even if it has failed for now. */
  #first() {
    return this.entries.find(
      ({ state, error }) => state === 'sending' || (state === 'failed' && error.retryable),
    );
  }
}
