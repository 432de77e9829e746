import type { Page } from '../../../protocol/actions.js';
import type { Cursor } from '../../../protocol/cursor.js';
import type { Pushes } from '../../../protocol/pushes.js';
import type { Session } from '../connection/session.js';
import { createEmitter, type Emitter } from '../emitter.js';
import type { Feed } from '../feed.js';
import { createFollower, type Follower } from '../messages/follower.js';
import { pagesBack } from '../messages/history.js';
import type { Outgoing } from '../requests/outgoing.js';
import type { Queue } from '../requests/queue.js';
import { requestUntilAnswered } from '../requests/request-until-answered.js';
import type { Answer } from '../requests/requester.js';
import type { RoomEvents } from '../room.js';

/** How many streams of signals are remembered. Beyond this, an overtaken signal may be shown. */
const MAX_STREAMS = 1_000;

/** Actions that name one room. */
type RoomAction = 'publish' | 'join' | 'leave' | 'history' | 'state' | 'presence';

type RoomFields<A extends RoomAction> = Omit<Outgoing<A>, 'room'>;

/** A feed of messages: `*` and the inbox directly, any other room through `LiveRoom`. */
export interface LiveFeed extends Omit<Feed, 'on'> {
  readonly follower: Follower;
  readonly on: Emitter<RoomEvents<unknown>>['on'];
  /** Whether this feed takes pushes. */
  isOpen(): boolean;
  /** Whether the connection should be in the room. */
  isMember(): boolean;
  isCatchingUp(): boolean;
  /** The server's answer about this room; `since` if we sent our position. */
  placed(since: Cursor | undefined, page: Page): void;
  ask<A extends RoomAction>(action: A, fields?: () => RoomFields<A>, inTurn?: Queue): Promise<Answer<A>>;
  signalled(push: Pushes['signal'] & { readonly type: 'signal' }): void;
  /** Neither the hello nor the log told the room's position. */
  refused(): void;
}

export const createLiveFeed = (
  session: Session,
  nameOf: () => string,
  events = createEmitter<RoomEvents<unknown>>(['message', 'reset', 'signal'], () => !session.isClosed),
): LiveFeed => {
  let isNew = true;
  const shown = new Map<string, number>();
  const feed: Omit<LiveFeed, 'follower'> = {
    get name() {
      return nameOf();
    },
    get cursor() {
      return follower.cursor() ?? (isNew ? session.config.cursors.get(nameOf()) : undefined);
    },
    on: events.on,
    history: (options) =>
      pagesBack(
        (query, wait) => session.admit((check) => feed.ask('history', () => check(query)), wait),
        options,
      ),
    isOpen: () => true,
    isMember: () => true,
    isCatchingUp: () => follower.isCatchingUp(),
    placed: (since, page) => {
      const asked = since ?? page.start;
      const from = asked ?? feed.cursor;
      if (!follower.cursor() && from) follower.start(from);
      isNew = false;
      if (asked) follower.recover(asked, page);
      else if (from) follower.observe(page);
      else follower.start(page);
    },
    signalled: ({ type, number, ...signal }) => {
      // Tags of different senders are independent: `$billing` and `$shipping` may choose the same tag.
      const stream = `${signal.from} ${signal.tag}`;
      if (number <= (shown.get(stream) ?? -1)) return;
      if (shown.size > MAX_STREAMS) shown.clear();
      shown.set(stream, number);
      events.emit('signal', signal);
    },
    refused: () => {
      const since = feed.cursor;
      feed
        .ask('history', () => ({ since }))
        .then(
          ({ reply }) => feed.placed(since, reply),
          () => {},
        );
    },
    ask: (action, fields, inTurn) =>
      requestUntilAnswered(session, action, () => ({ room: nameOf(), ...fields?.() }) as never, inTurn),
  };
  const follower = createFollower(feed, events, session);
  return Object.assign(feed, { follower });
};
