import type { ActionFrame, Greeting, Resumed, Resumption } from '../../../protocol/actions.js';
import { type Cursor, EPOCH_LENGTH } from '../../../protocol/cursor.js';
import type { Refusal } from '../../../protocol/errors.js';
import { LIMITS, ROOMS_PER_FRAME } from '../../../protocol/limits.js';
import type { Room } from '../../../protocol/names.js';
import type { Caller } from '../../domain/access/caller.js';
import { ClientError } from '../../domain/client-error.js';
import type { Connection } from '../../domain/connection.js';
import { PUSHES_PER_HELLO } from '../../domain/limits/notice-limit.js';
import { itemSpaceInAck } from '../../domain/publications/item-space.js';
import { isJoinable, isOpenTo, openRooms } from '../../domain/room.js';
import { digestOf } from '../../domain/roster.js';
import type { AccessControl } from '../access/access-control.js';
import { concurrently } from '../concurrently.js';
import { FrameSpace } from '../history/frame-space.js';
import { type Entry, headPage, type LogPage, type LogPages } from '../history/log-pages.js';
import type { PublicationLog } from '../ports/publication-log.js';
import type { RateLimiter } from '../ports/rate-limiter.js';
import { NoticeBudget } from '../presence/notice-budget.js';
import type { Memberships } from './memberships.js';

interface Refused {
  error: Refusal;
}

/** A room that was entered, and the place where its client continues. */
interface Entered {
  room: Room;
  head: Cursor;
  entry: Entry;
  digest?: number;
}

type Answer = (LogPage & { digest?: number }) | Refused;

const FARTHEST: Cursor = { epoch: 'x'.repeat(EPOCH_LENGTH), offset: Number.MAX_SAFE_INTEGER };

/** The most bytes that a room takes in the reply beside its items: no refusal is longer. */
const longestAnswer = (room: Room, { last }: Entry): Resumed => ({
  room,
  ...FARTHEST,
  ...(last && { start: FARTHEST }),
  items: [],
  more: false,
  recovered: false,
  reason: 'epoch_changed',
  digest: 2 ** 32 - 1,
});

/** Tells a connection its user and limits, and resumes its rooms. */
export class Hello {
  constructor(
    private readonly access: AccessControl,
    private readonly memberships: Memberships,
    private readonly log: PublicationLog,
    private readonly pages: LogPages,
    private readonly limiter: Pick<RateLimiter, 'rates'>,
  ) {}

  async execute(caller: Caller, { resume = [] }: ActionFrame<'hello'>): Promise<Greeting> {
    const { connectionId, userId } = caller;
    const limits = { ...LIMITS, ...this.limiter.rates };
    const connection = await this.memberships.connectionOf(caller);
    const asked = new Map<Room, Entry>([
      ...openRooms(userId).map((room) => [room, {}] as const),
      ...resume.map((resumption) => [resumption.room, entryOf(resumption)] as const),
    ]);

    const answers = new Map<Room, Answer>();
    const answer = async (room: Room, work: () => Promise<Answer>): Promise<void> => {
      answers.set(room, await work().catch(refusal));
    };
    const entered: Entered[] = [];
    const budget = new NoticeBudget(PUSHES_PER_HELLO);
    const listed = new Set(connection.rooms);
    await concurrently(asked, ROOMS_PER_FRAME, ([room, entry]) =>
      answer(room, async () => {
        const found = await this.#enter(caller, connection, listed, room, entry, budget);
        entered.push({ room, entry, ...found });
        return headPage(found.head);
      }),
    );

    const places = [...asked.keys()];
    const longest = [...asked].map(([room, entry]) => longestAnswer(room, entry));
    const envelope = { connectionId, userId, limits, rooms: longest };
    const space = new FrameSpace(itemSpaceInAck(envelope), caller.time?.signal);
    const read = ({ room, head, entry, digest }: Entered): Promise<void> =>
      answer(room, async () => ({
        ...(await this.pages.entering(room, head, entry, space)),
        ...(digest !== undefined && { digest }),
      }));
    const waiting = entered.toSorted((a, b) => places.indexOf(a.room) - places.indexOf(b.room)).values();
    for (const room of waiting) {
      await read(room);
      if (space.isFull) break;
    }
    // The frame is full: for each of the remaining rooms, one row is read.
    await concurrently(waiting, ROOMS_PER_FRAME, read);
    const rooms = places.map((room) => ({ room, ...(answers.get(room) as Answer) }));
    return { connectionId, userId, limits, rooms };
  }

  /** Adds the rooms that it enters to `listed`. If there are more than a connection may have, it enters the first. */
  async #enter(
    caller: Caller,
    connection: Connection,
    listed: Set<Room>,
    room: Room,
    { since, last }: Entry,
    budget: NoticeBudget,
  ): Promise<Pick<Entered, 'head' | 'digest'>> {
    const joins = isJoinable(room);
    if (!joins && !isOpenTo(room, connection.userId)) throw new ClientError('not_a_member');
    if (joins) await this.access.checkPermission(caller, 'join', room);
    if (since || last) await this.access.checkPermission(caller, 'history', room);
    if (!joins) return { head: await this.log.head(room, caller.time?.signal) };

    const before = { ...connection, rooms: [...listed] };
    listed.add(room);
    const peek = () => this.log.peek(room, caller.time?.signal);
    const { roster, found } = await this.memberships.add(caller, before, room, peek, { budget });
    const head = await found.head();
    return roster.truncated ? { head } : { head, digest: digestOf(roster) };
  }
}

const entryOf = (resumption: Resumption): Entry => {
  if ('last' in resumption) return { last: resumption.last };
  const { epoch, offset } = resumption;
  return { since: { epoch, offset } };
};

/** A refusal of one room does not affect the other rooms of the frame. */
const refusal = (error: unknown): Refused => {
  if (!(error instanceof ClientError)) throw error;
  const { code, message, retryable } = error;
  return { error: { code, message, retryable } };
};
