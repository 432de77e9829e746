import { Outbox } from './outbox.js';
import { Timeline } from './timeline.js';

const PAGE = 50;

/** A room, everybody's, or what one other person and we have written each other. */
export class Conversation {
  timeline = new Timeline();
  hasOlder = true;
  isLoading = false;
  /** Why older messages could not be had. */
  problem;
  /** Who is here; for rooms only. */
  members = [];
  isTruncated = false;
  #pages;
  #historyOf;
  #changed;

  /** `source` knows how this kind publishes and where its past is. */
  constructor({ id, kind, name, publish, historyOf }, changed, remembered = {}) {
    this.id = id;
    this.kind = kind;
    this.name = name;
    this.unread = remembered.unread ?? 0;
    /** The first message that was not read, for as long as this conversation is not left. */
    this.firstUnread = remembered.firstUnread;
    this.outbox = new Outbox(publish, changed, remembered.outbox);
    this.#historyOf = historyOf;
    this.#changed = changed;
  }

  toJSON() {
    const { id, unread, firstUnread } = this;
    const outbox = this.outbox.entries.map(({ key, text, after, at }) => ({ key, text, after, at }));
    return { id, unread, firstUnread, outbox };
  }

  say(text) {
    this.outbox.add(text, this.timeline.messages.at(-1)?.offset ?? 0);
  }

  /** What has just come, in order; `counts` if it is somebody else's and nobody is looking. */
  receive(message, counts) {
    if (!this.timeline.add([message]).length) return;
    if (counts) {
      if (!this.unread) this.firstUnread = message.offset;
      this.unread += 1;
    }
    this.#changed();
  }

  read() {
    if (!this.unread) return;
    this.unread = 0;
    this.#changed();
  }

  /** Messages are missing or the numbering began anew: what is shown begins anew, too. */
  reset() {
    this.timeline.clear();
    this.#pages = undefined;
    this.firstUnread = undefined;
    this.hasOlder = true;
  }

  async loadOlder() {
    if (this.isLoading || !this.hasOlder) return;
    this.isLoading = true;
    this.problem = undefined;
    this.#changed();
    const { oldest } = this.timeline;
    const before = oldest && { epoch: oldest.epoch, offset: oldest.offset };
    this.#pages ??= this.#historyOf({ limit: PAGE, ...(before && { before }) });
    const pages = this.#pages;
    try {
      const { value, done } = await pages.next();
      if (pages !== this.#pages) return;
      if (done) this.hasOlder = false;
      else this.timeline.add(value);
    } catch (error) {
      // A generator that threw is over.
      if (pages === this.#pages) this.#pages = undefined;
      this.problem = error;
    } finally {
      this.isLoading = false;
      this.#changed();
    }
  }
}
