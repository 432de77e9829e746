import type { Cursor } from '../../../protocol/cursor.js';
import { ROOM_NAME } from '../../../protocol/names.js';
import type { Session } from '../connection/session.js';
import { createEmitter } from '../emitter.js';
import { type Chosen, createOwnState } from '../presence/own-state.js';
import { createRoster } from '../presence/roster.js';
import { abortable } from '../requests/abortable.js';
import { createQueue } from '../requests/queue.js';
import type { Joined, JoinOptions, RoomEvents } from '../room.js';
import { SwitchboardError } from '../switchboard-error.js';
import { askAsMember } from './ask-as-member.js';
import { createPublish } from './create-publish.js';
import { createLiveFeed, type LiveFeed } from './live-feed.js';
import type { LiveRoom } from './live-room.js';
import type { Signals } from './signals.js';

export const createLiveRoom = (session: Session, name: string, signals: Signals): LiveRoom => {
  const events = createEmitter<RoomEvents<unknown>>(
    ['message', 'reset', 'signal', 'presence', 'members', 'error'],
    (event) => event === 'error' || (isWanted && !session.isClosed),
  );
  const room = createLiveFeed(session, () => name, events) as LiveRoom;
  // The calls of a feed that a room allows only for members.
  const { follower, ask, isCatchingUp } = room;
  let isWanted = false;
  let isIn = false;
  let isRejoining = false;
  /** The joins without a matching leave: components of one page need not know of each other. */
  const joins = new Set<unknown>();
  /** The join that is under way, unless the room was left since. */
  let entering: Promise<Joined> | undefined;
  /** One at a time: the server may answer two frames of one connection in either order. */
  const inTurn = createQueue(1);
  const publish = createPublish<'publish'>(session, (...asked) => room.ask(...asked));
  const roster = createRoster(session, room, events);
  const own = createOwnState(session, room, roster);
  /** Work that has to end before the room is live. */
  let unfinished = 0;

  const finish = (work: Promise<unknown>) => {
    unfinished += 1;
    void work.finally(() => {
      unfinished -= 1;
      session.changed();
    });
  };

  const end = () => {
    isWanted = isIn = false;
    own.forget();
    roster.forget();
    follower.forget();
  };

  const join = async (from?: JoinOptions | null): Promise<Joined> => {
    try {
      for (;;) {
        let since: Cursor | undefined;
        let stated: Chosen | undefined;
        const { reply, link } = await ask('join', () => {
          const given = from?.since ?? undefined;
          since = follower.cursor() ?? given ?? room.cursor;
          stated = own.newest();
          return { since, last: since && !given ? undefined : (from?.last ?? undefined), ...stated?.stating };
        });
        own.answered(stated);
        link.rooms.add(name);
        isIn = true;
        roster.read(reply);
        room.placed(since, reply);
        // Another connection took over meanwhile: join there too.
        if (link !== session.link && session.link) continue;
        const { epoch, offset, members, truncated = false } = reply;
        return { epoch, offset, members, truncated };
      }
    } catch (error) {
      const { code, retryable } = error as SwitchboardError;
      if (code === 'forbidden' && own.newest() && from?.state === undefined) {
        own.forget(); // A newer token may forbid the state alone.
        return join(from);
      }
      // Perhaps this connection is in the room after all, or another connection succeeds.
      if (retryable) session.link?.drop();
      if (!isIn) end();
      throw error;
    }
  };

  /** A join during another join shares it, unless the room was left in between. */
  const enter = (from?: JoinOptions | null): Promise<Joined> => {
    if (entering) return entering;
    const joined = inTurn(() => {
      // Unless the room was left again before its turn.
      if (entering === joined) isWanted = true;
      return join(from);
    }).finally(() => {
      if (entering === joined) entering = undefined;
    });
    entering = joined;
    return joined;
  };

  const exit = async () => {
    end();
    while (session.link?.rooms.has(name)) (await ask('leave')).link.rooms.delete(name);
  };

  /** Leaves the room with the last `leave()`. */
  const release = async (joining: unknown) => {
    joins.delete(joining);
    if (joins.size) return;
    entering = undefined;
    isWanted = false;
    await inTurn(exit);
  };

  const parts: Omit<LiveRoom, keyof LiveFeed> & Partial<LiveFeed> = {
    members: [],
    isOpen: () => isWanted,
    // We count as joined, and join again on any connection that is not in the room.
    isMember: () => isWanted && isIn,
    isCatchingUp: () => unfinished > 0 || isCatchingUp(),

    join: async (options) => {
      const joining = {};
      try {
        return await session.admit(async () => {
          if (!ROOM_NAME.test(name)) throw new SwitchboardError('invalid_room');
          joins.add(joining);
          const { state } = options ?? {};
          if (state === undefined) return enter(options);
          own.choose(state, options);
          const joined = await enter(options);
          // Another join was under way, or the state of another device of this user is shown: its counter may be the same.
          const stated = { user: session.userId, ...own.newest()?.stating };
          if (!joined.truncated && JSON.stringify(stated) !== JSON.stringify(roster.self()))
            await room.setState(state, options);
          return joined;
        }, options);
      } catch (error) {
        // An aborted join may have succeeded, or may still succeed.
        if (joins.has(joining)) release(joining).catch(() => {});
        throw error;
      }
    },

    leave: (options) => abortable(() => release([...joins][0]), options),

    tidy: () => {
      inTurn(async () => isWanted || exit()).catch(() => {});
    },

    presence: (options) => session.admit((check) => roster.ask(check, options?.verify ?? undefined), options),

    setState: (state, options) =>
      session.admit((check) => {
        own.choose(state, options);
        return own.send(check);
      }, options),

    roster,
    isShown: () => isWanted && events.has('members') && roster.digest !== undefined,

    resumed: (digest) => {
      roster.checkDigest(digest);
      if (own.newest()) finish(own.send().catch(() => {}));
    },

    publish: (data, options) => publish('publish', data, options),
    signal: (data, options) => signals.send({ room: name }, data, options, room.isMember),

    rejoin: () => {
      if (isRejoining) return;
      isRejoining = true;
      finish(
        inTurn(async () => room.isMember() && join())
          .catch((error: SwitchboardError) => {
            if (!error.retryable) room.expelled(error);
          })
          .finally(() => {
            isRejoining = false;
          }),
      );
    },

    expelled: (error) => {
      if (!isWanted) return;
      joins.clear();
      room.members = [];
      events.emit('members', []);
      end();
      events.emit('error', error);
    },

    refused: () => room.rejoin(),

    ask: askAsMember(session, room, joins, inTurn, enter),
  };
  return Object.assign(room, parts);
};
