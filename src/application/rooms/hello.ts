import type { ActionFrame, Greeting, Page, Resumed } from '../../../protocol/actions.js';
import { EPOCH_LENGTH, type RoomCursor } from '../../../protocol/cursor.js';
import type { Refusal } from '../../../protocol/errors.js';
import { HISTORY_LIMIT, LIMITS } from '../../../protocol/limits.js';
import type { Room } from '../../../protocol/names.js';
import type { Caller } from '../../domain/caller.js';
import { ClientError } from '../../domain/client-error.js';
import type { Connection } from '../../domain/connection.js';
import { PUSHES_PER_HELLO } from '../../domain/notice-limit.js';
import { bytesOf } from '../../domain/publication-item.js';
import { isJoinable, isOpenTo, openRooms } from '../../domain/room.js';
import { spaceInAck } from '../../domain/space-beside.js';
import type { AccessControl } from '../access/access-control.js';
import { concurrently } from '../concurrently.js';
import type { LogPage, LogPages } from '../history/log-pages.js';
import { NoticeBudget } from '../presence/notice-budget.js';
import type { Memberships } from './memberships.js';

interface Refused {
  error: Refusal;
}

/** Rooms that are entered at once. */
const CONCURRENCY = 8;

/** A room takes no more than this in the reply beside its items, whatever is answered: no refusal is longer. */
const longestAnswer = (room: Room): Page => ({
  room,
  epoch: 'x'.repeat(EPOCH_LENGTH),
  offset: Number.MAX_SAFE_INTEGER,
  items: [],
  more: false,
  recovered: false,
  reason: 'epoch_changed',
});

/** Introduces a connection, and takes it back to the rooms where its user was. */
export class Hello {
  constructor(
    private readonly access: AccessControl,
    private readonly memberships: Memberships,
    private readonly pages: LogPages,
  ) {}

  async execute(caller: Caller, { resume = [] }: ActionFrame<'hello'>): Promise<Greeting> {
    const { connectionId, userId } = caller;
    const connection = await this.memberships.connectionOf(caller);
    const asked = new Map<Room, RoomCursor | undefined>([
      ...openRooms(userId).map((room) => [room, undefined] as const),
      ...resume.map((cursor) => [cursor.room, cursor] as const),
    ]);

    const budget = new NoticeBudget(PUSHES_PER_HELLO);
    const refused = new Map<Room, Refused>();
    await concurrently(asked, CONCURRENCY, async ([room, cursor]) => {
      const refusal = await this.#enter(caller, connection, room, cursor !== undefined, budget);
      if (refusal) refused.set(room, refusal);
    });
    const rooms: Resumed[] = [];
    const envelope = { connectionId, userId, limits: LIMITS, rooms: [...asked.keys()].map(longestAnswer) };
    let bytes = spaceInAck(envelope);
    for (const [room, cursor] of asked) {
      const page = refused.get(room) ?? (await this.#read(room, cursor, bytes));
      if ('items' in page) bytes -= page.items.reduce((sum, item) => sum + bytesOf(item), 0);
      rooms.push({ room, ...page });
    }
    return { connectionId, userId, limits: LIMITS, rooms };
  }

  /** Resolves to why it may not; what is wrong with one room is nothing to the others. */
  async #enter(
    caller: Caller,
    connection: Connection,
    room: Room,
    resumes: boolean,
    budget: NoticeBudget,
  ): Promise<Refused | undefined> {
    try {
      const joins = isJoinable(room);
      if (!joins && !isOpenTo(room, connection.userId)) throw new ClientError('not_a_member');
      if (joins) await this.access.checkPermission(caller, 'join', room);
      if (resumes) await this.access.checkPermission(caller, 'history', room);
      if (joins) await this.memberships.add(caller, connection, room, budget);
      return undefined;
    } catch (error) {
      return refusal(error);
    }
  }

  async #read(room: Room, cursor: RoomCursor | undefined, bytes: number): Promise<LogPage | Refused> {
    try {
      return cursor
        ? await this.pages.since(room, cursor, HISTORY_LIMIT, () => bytes)
        : await this.pages.head(room);
    } catch (error) {
      return refusal(error);
    }
  }
}

const refusal = (error: unknown): Refused => {
  if (!(error instanceof ClientError)) throw error;
  const { code, message, retryable } = error;
  return { error: { code, message, retryable } };
};
