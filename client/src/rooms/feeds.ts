import type { Cursor, RoomCursor } from '../../../protocol/cursor.js';
import { ROOMS_PER_FRAME, ROSTERS_PER_PING } from '../../../protocol/limits.js';
import type { OwnPush } from '../client.js';
import type { Session, SessionRooms } from '../connection/session.js';
import { SwitchboardError } from '../switchboard-error.js';
import { createLiveRoom } from './create-live-room.js';
import { createLiveFeed, type LiveFeed } from './live-feed.js';
import type { LiveRoom } from './live-room.js';
import { createSignals, type Signals } from './signals.js';

/** Every room that one listens to, and which push goes where. */
export interface Feeds extends SessionRooms {
  readonly everyone: LiveFeed;
  readonly inbox: LiveFeed;
  readonly signals: Signals;
  room(name: string): LiveRoom;
  cursors(): Record<string, Cursor>;
}

export const createFeeds = (session: Session): Feeds => {
  const everyone = createLiveFeed(session, () => '*');
  const inbox = createLiveFeed(session, () => `@${session.userId ?? 'me'}`);
  const signals = createSignals(session);
  const rooms = new Map<string, LiveRoom>();

  /** One that was left hears nothing: it starts anew with its next join. */
  const feedOf = (name: string): LiveFeed | undefined => {
    if (name === '*') return everyone;
    // The server sends each user only their own inbox, and before the hello is answered we may not know our own name.
    if (name.startsWith('@')) return inbox;
    const room = rooms.get(name);
    return room?.isOpen() ? room : undefined;
  };

  const mine = () => [everyone, inbox, ...rooms.values()].filter((feed) => feed.isMember());

  const resumptions = (): RoomCursor[] =>
    mine()
      .flatMap(({ name, cursor }) => (cursor ? [{ room: name, ...cursor }] : []))
      .slice(0, ROOMS_PER_FRAME);

  return {
    everyone,
    inbox,
    signals,
    refused: signals.refused,
    room: (name) => {
      const room = rooms.get(name) ?? createLiveRoom(session, name, signals);
      rooms.set(name, room);
      return room;
    },
    cursors: () => Object.fromEntries(resumptions().map(({ room, ...cursor }) => [room, cursor])),
    resumptions,
    isCatchingUp: () => mine().some((feed) => feed.isCatchingUp()),
    digests: () =>
      [...rooms.values()]
        .filter((room) => room.isShown())
        .map(({ name, roster }) => ({ room: name, digest: roster.digest as number }))
        .slice(0, ROSTERS_PER_PING),
    observed: ({ heads, stale = [] }) => {
      for (const [room, head] of Object.entries(heads)) feedOf(room)?.follower.observe(head);
      for (const room of stale) rooms.get(room)?.roster.told(Number.NaN);
    },
    pushed: (push) => {
      if (push.type === 'message') {
        const { type, room, epoch, ...item } = push;
        feedOf(room)?.follower.receive(epoch, [item]);
      } else if (push.type === 'messages') feedOf(push.room)?.follower.receive(push.epoch, push.items);
      else if (push.type === 'signal') feedOf(push.room)?.signalled(push);
      else if (push.type === 'presence') {
        const room = rooms.get(push.room);
        if (room?.isMember()) room.roster.announced(push);
      } else session.events.emit('push', push as unknown as OwnPush);
    },
    greeted: ({ link, hello, asked }) => {
      signals.greeted(hello.limits);
      for (const answer of hello.rooms) {
        const { room } = answer;
        const feed = feedOf(room);
        if (!('error' in answer)) {
          link.rooms.add(room);
          const since = asked.find((cursor) => cursor.room === room);
          // One that was left meanwhile starts anew with its next join.
          if (feed?.isMember()) {
            feed.placed(since, answer);
            rooms.get(room)?.resumed(answer.digest);
          }
        } else if (answer.error.retryable) {
          // It may be in the room all the same.
          link.rooms.add(room);
          feed?.refused();
        } else rooms.get(room)?.expelled(new SwitchboardError(answer.error.code, answer.error.message));
      }
      for (const [name, room] of rooms) {
        // What did not fit into the hello, could not be answered, or was joined or left while it was under way.
        if (room.isMember() && !link.rooms.has(name)) room.rejoin();
        if (!room.isOpen() && link.rooms.has(name)) room.tidy();
      }
    },
  };
};
