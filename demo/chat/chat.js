import { Conversation } from './conversation.js';
import { findLetters } from './letters.js';
import { createRoster } from './roster.js';
import { directSource, everyoneSource, peerOf, roomSource } from './sources.js';

const RESET_REASONS = {
  too_old: 'you were away for longer than messages are kept. Some are missing.',
  ahead: 'the server has lost messages that you had seen.',
  epoch_changed: 'the server has begun anew. What was said before is gone.',
};

/** Everything that is going on, in terms of the client library. Dispatches `change`, `arrival`, `forgotten` and `problem`. */
export class Chat extends EventTarget {
  conversations = new Map();
  /** The one that is shown. */
  open;
  /** Whether somebody sees the newest message of the open conversation. */
  isWatched = () => false;
  /** Whether it has been looked up who wrote to us before. */
  knowsInbox = false;
  #roster;
  #enterLater = new Set();
  #remembered;

  constructor(client, remembered = {}) {
    super();
    this.client = client;
    this.#roster = createRoster(client, this.changed);
    this.#remembered = { ...remembered.cursors };
    for (const one of remembered.conversations ?? []) this.#restore(one);
    this.#add(everyoneSource(client));
    client.everyone.on('message', (message) => this.#arrived(this.conversations.get('*'), message));
    client.everyone.on('reset', (notice) => this.#reset(this.conversations.get('*'), notice));
    client.inbox.on('message', (message) =>
      this.#arrived(this.direct(peerOf(message, client.userId)), message),
    );
    client.inbox.on('reset', (notice) => {
      for (const one of this.#ofKind('direct')) this.#reset(one, notice);
    });
    client.on('state', (state) => this.#stateChanged(state));
    this.knowsInbox = remembered.knowsInbox ?? false;
    if (!this.knowsInbox) void findLetters(this);
  }

  get me() {
    return this.client.userId;
  }

  toJSON() {
    return {
      // A room that is not joined yet stands where it stood.
      cursors: { ...this.#remembered, ...this.client.cursors() },
      knowsInbox: this.knowsInbox,
      conversations: [...this.conversations.values()].map((one) => one.toJSON()),
    };
  }

  /** The room of this name, joined if need be. */
  join(name, remembered) {
    const known = this.conversations.get(name);
    if (known) return known;
    const conversation = this.#add(roomSource(this.client, name), remembered);
    const room = this.client.room(name);
    conversation.stop = [
      room.on('message', (message) => this.#arrived(conversation, message)),
      room.on('reset', (notice) => this.#reset(conversation, notice)),
      room.on('presence', (hint) => this.#roster.hinted(conversation, hint)),
      room.on('error', (error) => this.#lost(conversation, error)),
    ];
    void this.#enter(conversation);
    return conversation;
  }

  async leave(conversation) {
    this.#forget(conversation);
    if (conversation.kind === 'room')
      await this.client
        .room(conversation.name)
        .leave()
        .catch(() => {});
  }

  /** What one other person and we have written each other. */
  direct(peer, remembered) {
    return this.conversations.get(`@${peer}`) ?? this.#add(directSource(this.client, peer), remembered);
  }

  show(conversation) {
    if (conversation === this.open) return;
    if (this.open && !this.open.unread) this.open.firstUnread = undefined;
    this.open = conversation;
    if (conversation?.kind === 'room') this.#roster.ask(conversation);
    this.changed();
  }

  changed = () => {
    for (const one of this.conversations.values()) one.outbox.settle((place) => one.timeline.has(place));
    if (this.open?.unread && this.isWatched()) this.open.read();
    this.dispatchEvent(new Event('change'));
  };

  #restore(remembered) {
    const { id } = remembered;
    if (id === '*') this.#add(everyoneSource(this.client), remembered);
    else if (id.startsWith('@')) this.direct(id.slice(1), remembered);
    else this.join(id, remembered);
  }

  #add(source, remembered) {
    const known = this.conversations.get(source.id);
    if (known) return known;
    const conversation = new Conversation(source, this.changed, remembered);
    this.conversations.set(source.id, conversation);
    void conversation.outbox.run();
    this.changed();
    return conversation;
  }

  async #enter(conversation) {
    try {
      const { members, truncated } = await this.client.room(conversation.name).join();
      conversation.isJoined = true;
      this.#roster.show(conversation, members, truncated);
    } catch (error) {
      // Nobody answered: when there is a connection again, so is this room.
      if (error.retryable && this.client.state !== 'closed') this.#enterLater.add(conversation);
      else if (error.code !== 'closed') this.#lost(conversation, error);
    }
  }

  #lost(conversation, error) {
    this.#forget(conversation);
    this.#problem(`You are not in ${conversation.name}: ${error.message} (${error.code})`);
  }

  #forget(conversation) {
    for (const stop of conversation.stop ?? []) stop();
    this.conversations.delete(conversation.id);
    delete this.#remembered[conversation.id];
    if (this.open === conversation) this.open = undefined;
    this.dispatchEvent(new CustomEvent('forgotten', { detail: conversation }));
    this.changed();
  }

  #arrived(conversation, message) {
    const isOwn = message.from === this.me;
    const isSeen = conversation === this.open && this.isWatched();
    conversation.receive(message, !isOwn && !isSeen);
    this.dispatchEvent(new CustomEvent('arrival', { detail: { conversation, message } }));
  }

  #reset(conversation, { reason }) {
    conversation.reset();
    this.#problem(`${conversation.name}: ${RESET_REASONS[reason]}`);
  }

  #stateChanged(state) {
    if (state === 'live') {
      for (const conversation of this.#enterLater) void this.#enter(conversation);
      this.#enterLater.clear();
      for (const conversation of this.conversations.values()) {
        conversation.problem = undefined;
        conversation.outbox.retry();
      }
      if (this.open?.kind === 'room') this.#roster.ask(this.open);
    }
    this.changed();
  }

  #ofKind(kind) {
    return [...this.conversations.values()].filter((one) => one.kind === kind);
  }

  #problem(text) {
    this.dispatchEvent(new CustomEvent('problem', { detail: text }));
  }
}
