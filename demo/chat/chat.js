import { Conversation } from './conversation.js';
import { Inbox } from './inbox.js';
import { createPastSenders } from './past-senders.js';
import { refusalOf } from './refusal.js';
import { RoomJoiner } from './room-joiner.js';
import { createRoster } from './roster.js';
import { directSource, everyoneSource, peerOf, roomSource } from './sources.js';

/**
 * All conversations, on top of the client library. Dispatches `change`, `arrival` (a message), `reset` (messages are
 * missing), `forgotten` (a conversation is gone), `drafted` (the message box was typed in) and `problem`.
 */
export class Chat extends EventTarget {
  conversations = new Map();
  /** The conversation that is shown. */
  open;
  /** Whether the user sees the newest message of the open conversation. */
  isWatched = () => false;
  /** Whether the inbox has been searched for people who wrote before. */
  knowsInbox = false;
  #inbox;
  #pastSenders;
  #roster;
  #joiner;
  #remembered;

  constructor(client, remembered = {}) {
    super();
    this.client = client;
    this.knowsInbox = remembered.knowsInbox ?? false;
    this.#inbox = new Inbox(client, (messages) => this.#pastSenders.deal(messages));
    this.#roster = createRoster(client, this.changed);
    this.#joiner = new RoomJoiner(client, {
      isWanted: (conversation) => this.conversations.get(conversation.id) === conversation,
      entered: (conversation, joined) => this.#entered(conversation, joined),
      refused: (conversation, error) => this.#lost(conversation, error),
    });
    this.#remembered = { ...remembered.cursors };
    for (const one of remembered.conversations ?? []) this.#restore(one);
    this.#add(everyoneSource(client));
    this.#pastSenders = createPastSenders(this, this.#inbox);
    client.everyone.on('message', (message) => this.#arrived(this.conversations.get('*'), message));
    client.everyone.on('reset', (notice) => this.#reset(this.conversations.get('*'), notice));
    client.inbox.on('message', (message) => {
      this.#inbox.came(message);
      this.#arrived(this.direct(peerOf(message, client.userId)), message);
    });
    client.inbox.on('signal', (signal) =>
      this.conversations.get(`@${signal.from}`)?.typing.heard(signal, this.me),
    );
    client.inbox.on('reset', (notice) => {
      this.#inbox.startOver();
      for (const one of this.conversations.values()) if (one.kind === 'direct') this.#reset(one, notice);
    });
    client.on('state', (state) => this.#stateChanged(state));
    void this.#pastSenders.look();
  }

  get me() {
    return this.client.userId;
  }

  /** How many texts the server has not taken, in all conversations. */
  get unsent() {
    return [...this.conversations.values()].reduce((sum, one) => sum + one.unsent, 0);
  }

  toJSON() {
    return {
      // A room that is not joined yet stands where it stood.
      cursors: { ...this.#remembered, ...this.client.cursors() },
      knowsInbox: this.knowsInbox,
      conversations: [...this.conversations.values()].map((one) => one.toJSON()),
    };
  }

  /** The room of this name, joined unless it is already. */
  join(name, remembered) {
    const known = this.conversations.get(name);
    if (known) return known;
    const conversation = this.#add(roomSource(this.client, name), remembered);
    const room = this.client.room(name);
    conversation.stop = [
      room.on('message', (message) => this.#arrived(conversation, message)),
      room.on('reset', (notice) => this.#reset(conversation, notice)),
      room.on('signal', (signal) => conversation.typing.heard(signal, this.me)),
      this.#roster.follow(conversation),
      room.on('error', (error) => this.#lost(conversation, error)),
    ];
    void this.#joiner.enter(conversation);
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

  /** The direct messages exchanged with one other person. */
  direct(peer, remembered) {
    const known = this.conversations.get(`@${peer}`);
    return known ?? this.#add(directSource(this.client, peer, this.#inbox), remembered);
  }

  show(conversation) {
    if (conversation === this.open) return;
    if (this.open && !this.open.unread) this.open.firstUnread = undefined;
    this.open = conversation;
    if (conversation) this.#roster.refresh(conversation);
    this.changed();
  }

  draft(conversation, text) {
    conversation.draft = text;
    conversation.typing.drafted(text);
    this.dispatchEvent(new Event('drafted'));
  }

  changed = () => {
    for (const one of this.conversations.values()) one.outbox.settle((place) => one.timeline.reaches(place));
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
    if (source.kind !== 'room') conversation.outbox.open();
    this.changed();
    return conversation;
  }

  #entered(conversation, { truncated }) {
    conversation.isRefused = false;
    this.#roster.entered(conversation, truncated);
    conversation.outbox.open();
  }

  /** The server does not let us in. A room with unsent text stays, because only the user may discard that. */
  #lost(conversation, error) {
    conversation.isJoined = false;
    conversation.isRefused = true;
    conversation.outbox.close();
    const detail = refusalOf(conversation, error, () => {
      conversation.reset();
      return this.#joiner.enter(conversation);
    });
    if (conversation.unsent) this.changed();
    else this.#forget(conversation);
    this.dispatchEvent(new CustomEvent('problem', { detail }));
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
    // The last fifty of a room that is being entered for the first time.
    if (conversation.kind === 'room' && !conversation.isJoined && !this.#remembered[conversation.id])
      return conversation.receive(message, false);
    const isOwn = message.from === this.me;
    const isSeen = conversation === this.open && this.isWatched();
    conversation.receive(message, !isOwn && !isSeen);
    this.dispatchEvent(new CustomEvent('arrival', { detail: { conversation, message } }));
  }

  #reset(conversation, { reason }) {
    conversation.reset();
    this.dispatchEvent(new CustomEvent('reset', { detail: { conversation, reason } }));
  }

  #stateChanged(state) {
    if (state === 'live') {
      this.#joiner.resume();
      for (const one of this.conversations.values()) one.resume();
      if (this.open) this.#roster.refresh(this.open);
      void this.#pastSenders.look();
    } else if (state !== 'catching-up') for (const one of this.conversations.values()) one.typing.stopAll();
    this.changed();
  }
}
