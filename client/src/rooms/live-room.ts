import type { Cursor } from '../../../protocol/cursor.js';
import { ROOM_NAME } from '../../../protocol/names.js';
import type { Pushes } from '../../../protocol/pushes.js';
import type { Session } from '../connection/session.js';
import { Emitter } from '../emitter.js';
import { abortable } from '../requests/abortable.js';
import { createQueue } from '../requests/queue.js';
import type { Joined, JoinOptions, Room, RoomEvents } from '../room.js';
import { SwitchboardError } from '../switchboard-error.js';
import { createPublish } from './create-publish.js';
import { createLiveFeed, type LiveFeed } from './live-feed.js';
import { createRoster } from './roster.js';

/** How often in a row the server may deny that we are in the room that we are in. */
const MAX_DENIALS = 3;

/** A room that one is in because one joined it. */
export interface LiveRoom extends LiveFeed, Pick<Room, 'join' | 'leave' | 'members' | 'publish'> {
  announced(presence: Pushes['presence']): void;
  /** The connection is in the room although no caller here has joined it, or still wants it. */
  tidy(): void;
  /** In, on the current connection, as soon as may be. */
  rejoin(): void;
  expelled(error: SwitchboardError): void;
}

export const createLiveRoom = (session: Session, name: string): LiveRoom => {
  const events = new Emitter<RoomEvents<unknown>>(['message', 'reset', 'presence', 'error']);
  const feed = createLiveFeed(session, () => name, events);
  // What a feed does, and a room does only for members.
  const { follower, ask, isCatchingUp } = feed;
  let isWanted = false;
  let isIn = false;
  let isRejoining = false;
  /** The joins that were not left again: components of one page need not know of each other. */
  const joins = new Set<unknown>();
  /** The join that is under way, unless it was left since. */
  let entering: Promise<Joined> | undefined;
  /** Set while something waits for the current task to end. */
  let taskEnd: Promise<void> | undefined;
  /** One at a time: the server may answer two frames of one connection in either order. */
  const inTurn = createQueue(1);
  const roster = createRoster(
    session,
    async () => (await room.ask('presence')).reply,
    (presence) => events.emit('presence', presence),
  );

  const end = () => {
    isWanted = isIn = false;
    roster.forget();
    follower.forget();
  };

  const join = async (from?: JoinOptions | null): Promise<Joined> => {
    try {
      for (;;) {
        let since: Cursor | undefined;
        const { reply, link } = await ask('join', () => {
          const given = from?.since ?? undefined;
          since = follower.cursor() ?? given ?? feed.cursor;
          return { since, last: since && !given ? undefined : (from?.last ?? undefined) };
        });
        link.rooms.add(name);
        isIn = true;
        roster.read(reply);
        feed.placed(since, reply);
        // Another connection took over meanwhile: there, too.
        if (link !== session.link && session.link) continue;
        const { epoch, offset, members, truncated = false } = reply;
        return { epoch, offset, members, truncated };
      }
    } catch (error) {
      // Perhaps one is in it all the same, or perhaps another connection fares better.
      if ((error as SwitchboardError).retryable) session.link?.drop();
      if (!isIn) end();
      throw error;
    }
  };

  /** Joins that are called while one is under way are that one, unless it was left in between. */
  const enter = (from?: JoinOptions | null): Promise<Joined> => {
    if (entering) return entering;
    const joined = inTurn(() => {
      // Unless it was left again before this had its turn.
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

  /** The last one to leave switches off the light. */
  const release = async (joining: unknown) => {
    joins.delete(joining);
    if (joins.size) return;
    entering = undefined;
    isWanted = false;
    await inTurn(exit);
  };

  const own: Omit<LiveRoom, keyof LiveFeed> & Partial<LiveFeed> = {
    isOpen: () => isWanted,
    // Joined, as far as we know, and to be joined again wherever it is not.
    isMember: () => isWanted && isIn,
    isCatchingUp: () => isRejoining || isCatchingUp(),

    join: async (options) => {
      const joining = {};
      try {
        return await session.admit(async () => {
          if (!ROOM_NAME.test(name)) throw new SwitchboardError('invalid_room', 'No room name');
          joins.add(joining);
          return enter(options);
        }, options);
      } catch (error) {
        // One that was aborted may be in, or come in yet.
        if (joins.has(joining)) release(joining).catch(() => {});
        throw error;
      }
    },

    leave: (options) => {
      const [joining] = joins;
      return abortable(() => release(joining), options?.signal);
    },

    announced: (presence) => {
      if (room.isMember()) roster.announced(presence);
    },

    tidy: () => {
      inTurn(async () => (isWanted ? undefined : exit())).catch(() => {});
    },

    members: async (options) =>
      (await session.admit((check) => room.ask('presence', () => check({})), options)).reply.members,

    publish: (data, options) => publish((said, inLane) => room.ask('publish', said, inLane), data, options),

    rejoin: () => {
      if (isRejoining) return;
      isRejoining = true;
      void inTurn(async () => (room.isMember() ? join() : undefined))
        .catch((error: SwitchboardError) => {
          if (!error.retryable) room.expelled(error);
        })
        .finally(() => {
          isRejoining = false;
          session.changed();
        });
    },

    expelled: (error) => {
      if (!isWanted) return;
      joins.clear();
      end();
      events.emit('error', error);
    },

    refused: () => room.rejoin(),

    // What only members may ask.
    ask: async (action, fields, queue) => {
      // It may be called later in the same task. What waits for that keeps its place before what comes later.
      if (!joins.size)
        taskEnd ??= session.wait(0).then(() => {
          taskEnd = undefined;
        });
      await taskEnd;
      for (let attempt = 1; ; attempt += 1) {
        // A join, or another one, may be under way.
        await inTurn(async () => {});
        if (!joins.size) throw new SwitchboardError('not_a_member', 'Not joined');
        try {
          return await ask(action, fields, queue);
        } catch (error) {
          const isDenied = (error as SwitchboardError).code === 'not_a_member';
          if (!isDenied || !room.isMember() || attempt === MAX_DENIALS) throw error;
        }
        // The server forgot that we are in, as it does with a connection it took for gone.
        await enter();
      }
    },
  };
  const room: LiveRoom = Object.assign(feed, own);
  const publish = createPublish(session);
  return room;
};
