import { Palette } from '../people/palette.js';
import { Outbox } from './outbox.js';
import { OwnStatus } from './own-status.js';
import { Timeline } from './timeline.js';
import { Typing } from './typing.js';

/** A room, the broadcasts to everyone, or the direct messages exchanged with one other person. */
export class Conversation {
  timeline = new Timeline();
  hasOlder = true;
  isLoading = false;
  /** Why older messages could not be read. */
  problem;
  /** Only rooms have members with their states, by name, and can be joined or not. */
  members = [];
  isTruncated = false;
  isJoined = false;
  isRefused = false;
  palette = new Palette(() => [
    ...this.members.map(({ user }) => user),
    ...this.timeline.messages.map(({ from }) => from),
  ]);
  #pages;
  #pagesBefore;
  #changed;

  /** The source knows what this kind of conversation can do, and where its past is. */
  constructor({ id, kind, name, publish, signal, setState, pagesBefore }, changed, remembered = {}) {
    this.id = id;
    this.kind = kind;
    this.name = name;
    this.unread = remembered.unread ?? 0;
    /** The offset of the first unread message. It stays until another conversation is opened. */
    this.firstUnread = remembered.firstUnread;
    /** The text in the message box while this conversation is open. */
    this.draft = remembered.draft ?? '';
    this.outbox = new Outbox(publish, changed, remembered.outbox);
    this.ownStatus = new OwnStatus(setState, changed, remembered.status);
    this.typing = new Typing(() => signal({ typing: true }), changed);
    this.#pagesBefore = pagesBefore;
    this.#changed = changed;
  }

  toJSON() {
    const { id, unread, firstUnread, draft } = this;
    const outbox = this.outbox.entries.map(({ key, text, after, at }) => ({ key, text, after, at }));
    return { id, unread, firstUnread, draft, outbox, status: this.ownStatus.text };
  }

  /** How many texts would be lost with this conversation. */
  get unsent() {
    return this.outbox.unsent + (this.draft.trim() ? 1 : 0);
  }

  /** Whether the first unread message has been read from the history, or never will be. */
  get reachesUnread() {
    if (this.firstUnread === undefined || !this.hasOlder || this.problem?.retryable === false) return true;
    return this.timeline.oldest?.offset <= this.firstUnread;
  }

  say(text) {
    this.outbox.add(text, this.timeline.newest?.offset ?? 0);
  }

  /** Takes a message that has just arrived; it counts as unread if someone else wrote it and the user does not see it. */
  receive(message, counts) {
    this.timeline.append(message);
    this.typing.stopped(message.from);
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

  /** Messages are missing or the numbering began anew: the history is read again. */
  reset() {
    this.timeline.clear();
    this.outbox.settle(() => true);
    this.#pages = undefined;
    this.firstUnread = undefined;
    this.hasOlder = true;
  }

  /** There is a connection again. */
  resume() {
    this.problem = undefined;
    this.outbox.retry();
  }

  async loadOlder() {
    if (this.isLoading || !this.hasOlder) return;
    this.isLoading = true;
    this.problem = undefined;
    this.#changed();
    this.#pages ??= this.#pagesBefore(this.timeline.oldest);
    const pages = this.#pages;
    try {
      const { value, done } = await pages.next();
      if (pages !== this.#pages) return;
      if (done) this.hasOlder = false;
      else this.timeline.prepend(value);
    } catch (error) {
      // A generator that threw has ended.
      if (pages === this.#pages) this.#pages = undefined;
      this.problem = error;
    } finally {
      this.isLoading = false;
      this.#changed();
    }
  }
}
