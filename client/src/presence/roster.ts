import type { Members } from '../../../protocol/actions.js';
import type { Session } from '../connection/session.js';
import type { Emitter } from '../emitter.js';
import { type Check, unchecked } from '../requests/abortable.js';
import type { Member, RoomEvents } from '../room.js';
import type { LiveFeed } from '../rooms/live-feed.js';
import { digestOf, type MembersChange, mergeMembers } from './members.js';

/** Two simultaneous changes make two notices. And clients that missed a notice should not all ask at once. */
const PATIENCE_MS = 2_000;

interface Notice extends MembersChange {
  readonly digest?: number | undefined;
  readonly askAfterMs?: number;
}

/** The room of these members. */
interface Listed extends LiveFeed {
  members: readonly Member[];
}

/**
 * The members of a room, as far as this client knows. When the server leaves out notices in a busy room, or a notice was
 * lost, it asks for the roster and tells the difference.
 */
export interface Roster {
  /** Undefined if there are more than the server lists. */
  readonly digest: number | undefined;
  /** The highest counter of this user that was seen or chosen. */
  highest: number;
  /** The reply to a join. */
  read(reply: Members): void;
  /** The digest of the server's roster, if it is known; `NaN`: another roster than ours. */
  checkDigest(digest: number | undefined): void;
  /** Set by the server, or by this client. */
  announced(notice: Notice): void;
  /** The state of this user that counts. */
  self(): Member | undefined;
  /** The members now. */
  ask(check?: Check, verify?: boolean): Promise<readonly Member[]>;
  forget(): void;
}

export const createRoster = (
  session: Session,
  room: Listed,
  events: Emitter<RoomEvents<unknown>>,
): Roster => {
  const { clock, random } = session.config;
  /** By the server's latest answer. */
  let right = Number.NaN;
  /** It came while the server was being asked: the answer may be older. */
  let isNews = false;
  let due: number;
  let isAsking = false;

  const show = (next: readonly Member[], isWhole: boolean) => {
    const before = digestOf(room.members);
    const now = digestOf(next);
    room.members = next;
    roster.digest = isWhole ? now : undefined;
    roster.highest = Math.max(roster.highest, roster.self()?.counter ?? 0);
    if (now !== before) events.emit('members', next);
  };

  const emitPresence = (joined: readonly string[], left: readonly string[]) => {
    if (joined.length || left.length) events.emit('presence', { joined, left });
  };

  const compare = async () => {
    if (right === roster.digest) return;
    const { digest } = roster;
    const { members } = room;
    const now = await roster.ask();
    if (digest !== undefined && roster.digest !== undefined)
      emitPresence(beyond(members, now), beyond(now, members));
  };

  /** Asks once for all doubts so far, and again if the last of them asks for a later time. */
  const doubt = async (ms: number) => {
    due = clock.now() + ms;
    if (isAsking) return;
    isAsking = true;
    for (let next: number | undefined; next !== due; ) {
      next = due;
      while (clock.now() < next && !session.isClosed) await session.wait(next - clock.now());
      await compare().catch(() => {});
    }
    isAsking = false;
  };

  const soon = () => PATIENCE_MS * (1 + random());

  const roster: { -readonly [K in keyof Roster]: Roster[K] } = {
    digest: undefined,
    highest: 0,

    read: (reply) => {
      const { truncated, next } = reply;
      show(withPage([], reply), !truncated && !next);
      if (next && !truncated) void doubt(0);
    },

    checkDigest: (now) => {
      if (now === undefined) return;
      right = now;
      isNews = true;
      if (!isAsking && now !== roster.digest) void doubt(soon());
    },

    announced: (notice) => {
      const { joined = [], left = [], digest, askAfterMs } = notice;
      show(mergeMembers(room.members, notice), roster.digest !== undefined);
      emitPresence(joined, left);
      if (askAfterMs === undefined) return roster.checkDigest(digest);
      right = Number.NaN;
      void doubt(askAfterMs);
    },

    self: () => room.members.find(({ user }) => user === session.userId),

    ask: async (check = unchecked, verify) => {
      let all: readonly Member[] = [];
      let page: Members | undefined;
      isNews = false;
      do {
        const after = page?.next;
        page = (await room.ask('presence', () => check({ verify, after }))).reply;
        all = withPage(all, page);
      } while (page.next && !page.truncated);
      // If the room was left meanwhile, it begins anew with the next join.
      if (room.members.length) show(all, !page.truncated);
      if (isNews && right !== roster.digest) void doubt(soon());
      return all;
    },

    forget: () => {
      room.members = [];
      roster.digest = undefined;
    },
  };
  return roster;
};

const withPage = (members: readonly Member[], page: Members) =>
  mergeMembers(members, { joined: page.members, states: page.states });

/** The users that are only in `others`. */
const beyond = (members: readonly Member[], others: readonly Member[]): string[] =>
  others.map(({ user }) => user).filter((user) => !members.some((member) => member.user === user));
