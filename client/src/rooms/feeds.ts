import type { Cursor, RoomCursor } from '../../../protocol/cursor.js';
import { ROOMS_PER_FRAME } from '../../../protocol/limits.js';
import type { Push } from '../../../protocol/pushes.js';
import type { Greeting } from '../connection/open-connection.js';
import type { Session, SessionRooms } from '../connection/session.js';
import { SwitchboardError } from '../switchboard-error.js';
import { LiveFeed } from './live-feed.js';
import { LiveRoom } from './live-room.js';

const EVENTS = ['message', 'reset', 'presence', 'error'] as const;

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
    const room = this.#rooms.get(name) ?? new LiveRoom(() => name, this.session, [...EVENTS]);
    this.#rooms.set(name, room);
    return room;
  }

  cursors(): Record<string, Cursor> {
    return Object.fromEntries(this.resumptions().map(({ room, ...cursor }) => [room, cursor]));
  }

  resumptions(): RoomCursor[] {
    return this.#mine()
      .flatMap((feed) => (feed.cursor ? [{ room: feed.name, ...feed.cursor }] : []))
      .slice(0, ROOMS_PER_FRAME);
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
    else if (push.type === 'presence') this.#rooms.get(push.room)?.announced(push);
  }

  greeted({ link, hello, asked }: Greeting): void {
    for (const answer of hello.rooms) {
      const { room } = answer;
      const feed = this.#feed(room);
      if (!('error' in answer)) {
        link.rooms.add(room);
        // One that was left meanwhile starts anew with its next join.
        if (feed?.isMember)
          feed.placed(
            asked.find((cursor) => cursor.room === room),
            answer,
          );
      } else if (answer.error.retryable) {
        // It may be in the room all the same.
        link.rooms.add(room);
        feed?.refused();
      } else if (feed instanceof LiveRoom)
        feed.expelled(new SwitchboardError(answer.error.code, answer.error.message));
    }
    for (const room of this.#rooms.values()) {
      // What did not fit into the hello, could not be answered, or was joined or left while it was under way.
      if (room.isMember && !link.rooms.has(room.name)) room.rejoin();
      if (!room.isOpen && link.rooms.has(room.name)) room.tidy();
    }
  }

  #feed(name: string): LiveFeed | undefined {
    if (name === '*') return this.everyone;
    // The server sends each user only their own inbox, and before the hello is answered we may not know our own name.
    return name.startsWith('@') ? this.inbox : this.#rooms.get(name);
  }

  #mine(): LiveFeed[] {
    return [this.everyone, this.inbox, ...[...this.#rooms.values()].filter((room) => room.isMember)];
  }
}
