import type { Fields, Members } from '../../../protocol/actions.js';
import type { Stating } from '../../../protocol/member-state.js';
import type { Pushes } from '../../../protocol/pushes.js';
import type { Session } from '../connection/session.js';
import type { Emitter } from '../emitter.js';
import type { Member, RoomEvents } from '../room.js';
import { digestOf, type MembersChange, mergeMembers } from './members.js';

/** Two notices of one moment come one after the other. Not all who missed one ask at once. */
const PATIENCE_MS = 2_000;

export type PresenceFields = Omit<Fields<'presence'>, 'room'>;

/**
 * Who is in a room, as far as this client knows. When a busy room gets no notices for a while, or a notice was lost, this asks
 * for the roster and tells the rest.
 */
export interface Roster {
  readonly list: readonly Member[];
  /** Undefined where there are more than the server tells of. */
  readonly digest: number | undefined;
  /** The highest counter that was seen of ourselves. */
  readonly highest: number;
  /** The reply to a join. */
  read(reply: Members): void;
  /** The server knows another roster, or tells which one it knows. */
  told(digest?: number): void;
  announced(notice: MembersChange & Partial<Pushes['presence']>): void;
  /** We said something of ourselves. */
  said(own: Stating): void;
  /** Whether it is what counts of us. */
  shows(own: Stating): boolean;
  /** Who is there now. */
  ask(fields?: () => PresenceFields): Promise<readonly Member[]>;
  forget(): void;
}

export const createRoster = (
  session: Session,
  request: (fields: () => PresenceFields) => Promise<Members>,
  events: Emitter<RoomEvents<unknown>>,
): Roster => {
  const { clock, random } = session.config;
  /** By the latest word of the server. */
  let right: number | undefined;
  let asking: { due: number } | undefined;

  const show = (next: readonly Member[], isWhole: boolean) => {
    const before = digestOf(roster.list);
    const now = digestOf(next);
    roster.list = next;
    roster.digest = isWhole ? now : undefined;
    for (const { user, counter } of next)
      if (user === session.userId) roster.highest = Math.max(roster.highest, counter);
    if (now !== before) events.emit('members', next);
  };

  const merge = (change: MembersChange) =>
    show(mergeMembers(roster.list, change), roster.digest !== undefined);

  const tell = (joined: readonly string[], left: readonly string[]) => {
    if (joined.length || left.length) events.emit('presence', { joined, left });
  };

  /** Once for all notices that came meanwhile; again if the last of them wants it later. */
  const askWhenDue = async (mine: { due: number }) => {
    try {
      for (let due: number | undefined; due !== mine.due; ) {
        due = mine.due;
        while (clock.now() < due && !session.isClosed) await session.wait(due - clock.now());
        if (asking !== mine || session.isClosed) return;
        if (right !== undefined && right === roster.digest) return;
        const { list, digest } = roster;
        const now = await roster.ask();
        if (digest !== undefined && roster.digest !== undefined) tell(beyond(list, now), beyond(now, list));
      }
    } finally {
      if (asking === mine) asking = undefined;
    }
  };

  const doubt = (ms: number) => {
    const due = clock.now() + ms;
    if (asking) {
      asking.due = due;
      return;
    }
    asking = { due };
    void askWhenDue(asking).catch(() => {});
  };

  const roster: { -readonly [K in keyof Roster]: Roster[K] } = {
    list: [],
    digest: undefined,
    highest: 0,

    read: ({ members, states, truncated, next }) => {
      show(mergeMembers([], { joined: members, states }), !truncated && !next);
      if (next && !truncated) doubt(0);
    },

    told: (now) => {
      right = now;
      if (!asking && (now === undefined || now !== roster.digest)) doubt(PATIENCE_MS * (1 + random()));
    },

    announced: (notice) => {
      const { joined = [], left = [], digest, askAfterMs } = notice;
      merge(notice);
      tell(joined, left);
      if (askAfterMs !== undefined) {
        right = undefined;
        doubt(askAfterMs);
      } else if (digest !== undefined) roster.told(digest);
    },

    said: (own) => merge({ states: [{ user: session.userId as string, ...own }] }),

    shows: (own) =>
      JSON.stringify({ user: session.userId, ...own }) ===
      JSON.stringify(roster.list.find(({ user }) => user === session.userId)),

    ask: async (fields = () => ({})) => {
      let all: readonly Member[] = [];
      let page: Members;
      let after: PresenceFields = {};
      do {
        page = await request(() => ({ ...fields(), ...after }));
        all = mergeMembers(all, { joined: page.members, states: page.states });
        after = page.next ? { after: page.next } : {};
      } while (after.after && !page.truncated);
      // Left meanwhile, it begins anew with the next join.
      if (!roster.list.length) return all;
      show(all, !page.truncated);
      return all;
    },

    forget: () => {
      roster.list = [];
      roster.digest = asking = undefined;
    },
  };
  return roster;
};

/** The users that are in `others` alone. */
const beyond = (members: readonly Member[], others: readonly Member[]): string[] => {
  const users = members.map(({ user }) => user);
  return others.map(({ user }) => user).filter((user) => !users.includes(user));
};
