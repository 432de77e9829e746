/** A state may be any JSON. The page shows the text in it, and of any other state nothing. */
export const statusOf = (member) => (typeof member?.state?.text === 'string' ? member.state.text : '');

const REFUSALS = new Set(['forbidden', 'room_too_large']);

/** The user's own status in one room. */
export class OwnStatus {
  text;
  /** The server takes no states from this user here. */
  isRefused = false;
  #saying = 0;
  #setState;
  #changed;

  constructor(setState, changed, remembered = '') {
    this.#setState = setState;
    this.#changed = changed;
    this.text = remembered;
  }

  /** A status from before a reload is said again, unless another device of the user has one. */
  entered(own) {
    const before = this.text;
    this.text = statusOf(own);
    if (own && before && !this.text) void this.say(before);
  }

  /** Another device may have set it. Until the server has answered, what was typed here counts. */
  shown(own) {
    if (!this.#saying) this.text = statusOf(own);
  }

  async say(text) {
    const before = this.text;
    if (text === before) return;
    this.text = text;
    this.#saying += 1;
    this.#changed();
    try {
      await this.#setState(text ? { text } : null);
    } catch ({ code, retryable }) {
      this.isRefused = REFUSALS.has(code);
      // The library repeats the others on the next connection.
      if (!retryable) this.text = before;
    } finally {
      this.#saying -= 1;
      this.#changed();
    }
  }
}
