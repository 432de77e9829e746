import type { Cursor, RoomCursor } from '../../../protocol/cursor.js';
import { ROOMS_PER_FRAME, ROSTERS_PER_PING } from '../../../protocol/limits.js';
import type { OwnPush } from '../client.js';
import type { Session, SessionRooms } from '../connection/session.js';
import { SwitchboardError } from '../switchboard-error.js';
import { createLiveRoom } from './create-live-room.js';
import { createLiveFeed, type LiveFeed } from './live-feed.js';
import type { LiveRoom } from './live-room.js';
import { createSignals, type Signals } from './signals.js';

/** How many positions are kept for the next client, also of rooms that this one never joined: the newest. */
const MAX_PLACES = 1_000;

/** All feeds of the client; hands each push to its feed. */
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

  /** A room that was left gets no pushes: it starts anew with its next join. */
  const feedOf = (name: string): LiveFeed | undefined => {
    if (name === '*') return everyone;
    // The server sends each user only their own inbox, and before the hello is answered we may not know our own name.
    if (name.startsWith('@')) return inbox;
    const room = rooms.get(name);
    return room?.isOpen() ? room : undefined;
  };

  const memberFeeds = () => [everyone, inbox, ...rooms.values()].filter((feed) => feed.isMember());

  const resumptions = (): RoomCursor[] =>
    memberFeeds()
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
    cursors: () => {
      const places = new Map(session.config.cursors);
      for (const { name, cursor } of [everyone, inbox, ...rooms.values()]) {
        places.delete(name);
        if (cursor) places.set(name, cursor);
      }
      return Object.fromEntries([...places].slice(-MAX_PLACES));
    },
    resumptions,
    isCatchingUp: () => memberFeeds().some((feed) => feed.isCatchingUp()),
    digests: () =>
      [...rooms.values()]
        .filter((room) => room.isShown())
        .map(({ name, roster }) => ({ room: name, digest: roster.digest as number }))
        .slice(0, ROSTERS_PER_PING),
    observed: ({ heads, stale = [] }) => {
      for (const [room, head] of Object.entries(heads)) feedOf(room)?.follower.observe(head);
      for (const room of stale) rooms.get(room)?.roster.checkDigest(Number.NaN);
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
        // It overtook the reply to our join, which may list the members from before it.
        else if (room?.isOpen()) room.roster.checkDigest(push.digest);
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
          // A room that was left meanwhile starts anew with its next join.
          if (feed?.isMember()) {
            feed.placed(since, answer);
            rooms.get(room)?.resumed(answer.digest);
          }
        } else if (answer.error.retryable) {
          // This connection may still be in the room.
          link.rooms.add(room);
          feed?.refused();
        } else rooms.get(room)?.expelled(new SwitchboardError(answer.error.code, answer.error.message));
      }
      for (const [name, room] of rooms) {
        // Rooms that did not fit into the hello, got no answer, or were joined or left while it was under way.
        if (room.isMember() && !link.rooms.has(name)) room.rejoin();
        if (!room.isOpen() && link.rooms.has(name)) room.tidy();
      }
    },
  };
};
