import type { Caller } from '../domain/caller.js';
import { ClientError } from '../domain/client-error.js';
import { type HelloMessage, HISTORY_LIMIT, type RoomCursor } from '../domain/client-message.js';
import type { Connection } from '../domain/connection.js';
import { LIMITS } from '../domain/limits.js';
import { bytesOf } from '../domain/publication-item.js';
import { EVERYONE, inboxOf, isJoinable, isOpenTo, type Room } from '../domain/room.js';
import { FRAME_BYTES } from '../domain/server-message.js';
import type { Doorkeeper } from './doorkeeper.js';
import type { EnterRoom } from './enter-room.js';
import type { LogPage, ReadLog } from './read-log.js';

export type Resumed = ({ room: Room } & LogPage) | { room: Room; error: { code: string; message: string } };

export interface Greeting {
  connectionId: string;
  userId: string;
  limits: typeof LIMITS;
  rooms: Resumed[];
}

/** What the reply needs beside items: for itself, and for each room. */
const ENVELOPE_BYTES = 1_536;
const ROOM_BYTES = 320;

/** Introduces a connection, and takes it back to the rooms where its user was. */
export class Hello {
  constructor(
    private readonly doorkeeper: Doorkeeper,
    private readonly entrance: EnterRoom,
    private readonly log: ReadLog,
  ) {}

  async execute(caller: Caller, { resume = [] }: HelloMessage): Promise<Greeting> {
    const { connectionId, userId } = caller;
    const connection = await this.entrance.connectionOf(caller);
    const asked = new Map<Room, RoomCursor | undefined>([
      [EVERYONE, undefined],
      [inboxOf(userId), undefined],
      ...resume.map((cursor) => [cursor.room, cursor] as const),
    ]);

    const rooms: Resumed[] = [];
    let bytes = FRAME_BYTES - ENVELOPE_BYTES - asked.size * ROOM_BYTES;
    for (const [room, cursor] of asked) {
      const resumed = await this.#resume(caller, connection, room, cursor, bytes);
      if ('items' in resumed) bytes -= resumed.items.reduce((sum, item) => sum + bytesOf(item), 0);
      rooms.push(resumed);
    }
    return { connectionId, userId, limits: LIMITS, rooms };
  }

  async #resume(
    caller: Caller,
    connection: Connection,
    room: Room,
    cursor: RoomCursor | undefined,
    bytes: number,
  ): Promise<Resumed> {
    try {
      if (!isJoinable(room) && !isOpenTo(room, connection.userId)) throw new ClientError('not_a_member');
      if (isJoinable(room)) await this.doorkeeper.check(caller, 'join', room);
      if (cursor) await this.doorkeeper.check(caller, 'history', room);
      if (isJoinable(room)) await this.entrance.enter(connection, room);
      const page = cursor
        ? await this.log.since(room, cursor, HISTORY_LIMIT, bytes)
        : await this.log.head(room);
      return { room, ...page };
    } catch (error) {
      if (!(error instanceof ClientError)) throw error;
      return { room, error: { code: error.code, message: error.message } };
    }
  }
}
