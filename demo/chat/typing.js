/** How long a person is shown as typing after they last said so. */
const SHOWN_MS = 6_000;
/** How often the user says so while they type: one lost signal does not end it. */
const SAY_EVERY_MS = 2_500;

/** The people who are typing in a conversation. Signals tell it: they are not kept, and each of them may be lost. */
export class Typing {
  #timers = new Map();
  #saidAt = Number.NEGATIVE_INFINITY;
  #say;
  #changed;

  /** `say` tells the others that the user is typing. */
  constructor(say, changed) {
    this.#say = say;
    this.#changed = changed;
  }

  /** In the order in which they began. */
  get names() {
    return [...this.#timers.keys()];
  }

  heard({ from, data }, me) {
    // The user's other devices signal as well.
    if (data?.typing === true && from !== me) this.#show(from);
  }

  stopped(name) {
    clearTimeout(this.#timers.get(name));
    if (this.#timers.delete(name)) this.#changed();
  }

  /** Without a connection it is unknown who types. */
  stopAll() {
    for (const name of this.names) this.stopped(name);
  }

  /** The user's own text has changed. After it was sent or deleted, the next one is told at once. */
  drafted(text) {
    const now = performance.now();
    if (!text.trim()) this.#saidAt = Number.NEGATIVE_INFINITY;
    else if (now - this.#saidAt >= SAY_EVERY_MS) {
      this.#saidAt = now;
      this.#say();
    }
  }

  #show(name) {
    clearTimeout(this.#timers.get(name));
    this.#timers.set(
      name,
      setTimeout(() => this.stopped(name), SHOWN_MS),
    );
    this.#changed();
  }
}
