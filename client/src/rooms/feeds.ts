import type { Greeting } from '../connection/open-connection.js';
import type { Session, SessionRooms } from '../connection/session.js';
import type { Cursor, Push, Resumption } from '../frames.js';
import { SwitchboardError } from '../switchboard-error.js';
import { LiveFeed } from './live-feed.js';
import { LiveRoom } from './live-room.js';

/** The one place where the protocol tells a code and not whether to repeat. */
const RETRYABLE = /^(rate_limited|conflict|unavailable|timeout|internal)$/;

/** As many as a hello can resume, or a ping ask about: more than one connection can be in. */
const MAX_ROOMS = 52;

/** Every room that one listens to, and which push goes where. */
export class Feeds implements SessionRooms {
  readonly everyone: LiveFeed;
  readonly inbox: LiveFeed;
  readonly #rooms = new Map<string, LiveRoom>();

  constructor(private readonly session: Session) {
    this.everyone = new LiveFeed(() => '*', session);
    this.inbox = new LiveFeed(() => `@${session.userId ?? 'me'}`, session);
  }

  room(name: string): LiveRoom {
    const room = this.#rooms.get(name) ?? new LiveRoom(() => name, this.session);
    this.#rooms.set(name, room);
    return room;
  }

  cursors(): Record<string, Cursor> {
    return Object.fromEntries(this.resumptions().map(({ room, ...cursor }) => [room, cursor]));
  }

  resumptions(): Resumption[] {
    return this.#mine()
      .flatMap((feed) => (feed.cursor ? [{ room: feed.name, ...feed.cursor }] : []))
      .slice(0, MAX_ROOMS);
  }

  isCatchingUp(): boolean {
    return this.#mine().some((feed) => feed.isCatchingUp);
  }

  observed(heads: Readonly<Record<string, Cursor>>): void {
    for (const [room, head] of Object.entries(heads)) this.#feed(room)?.observed(head);
  }

  pushed(push: Push): void {
    if (push.type === 'message') this.#feed(push.room)?.pushed(push.epoch, [push]);
    else if (push.type === 'messages') this.#feed(push.room)?.pushed(push.epoch, push.items);
    else if (push.type === 'presence') {
      const room = this.#rooms.get(push.room);
      if (room?.isMember) room.emit('presence', { joined: push.joined, left: push.left });
    }
  }

  greeted({ link, hello, asked }: Greeting): void {
    for (const answer of hello.rooms) {
      const feed = this.#feed(answer.room);
      if ('error' in answer && !RETRYABLE.test(answer.error.code)) {
        if (feed instanceof LiveRoom)
          feed.expelled(new SwitchboardError(answer.error.code, answer.error.message));
        continue;
      }
      // Perhaps, where the answer is an error that may be repeated: then it may be in the room all the same.
      link.rooms.add(answer.room);
      if ('error' in answer) feed?.refused();
      // One that was left meanwhile starts anew with its next join.
      else if (feed?.isMember)
        feed.placed(
          asked.find(({ room }) => room === answer.room),
          answer,
        );
    }
    for (const room of this.#rooms.values()) {
      // What did not fit into the hello, could not be answered, or was joined or left while it was under way.
      if (room.isMember && !link.rooms.has(room.name)) room.rejoin();
      if (!room.isOpen && link.rooms.has(room.name)) room.tidy();
    }
  }

  #feed(name: string): LiveFeed | undefined {
    if (name === '*') return this.everyone;
    // Nobody is ever sent another's inbox, and before the hello is answered we may not know our own name.
    return name.startsWith('@') ? this.inbox : this.#rooms.get(name);
  }

  #mine(): LiveFeed[] {
    return [this.everyone, this.inbox, ...[...this.#rooms.values()].filter((room) => room.isMember)];
  }
}
