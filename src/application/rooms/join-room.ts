import type { Caller } from '../../domain/caller.js';
import { HISTORY_LIMIT, type JoinMessage } from '../../domain/client-message.js';
import type { Room } from '../../domain/room.js';
import { FRAME_BYTES } from '../../domain/server-message.js';
import type { Doorkeeper } from '../access/doorkeeper.js';
import type { LogPage, ReadLog } from '../history/read-log.js';
import type { EnterRoom } from './enter-room.js';

export type Joined = LogPage & { room: Room; members: readonly string[]; truncated?: true };

/** What the reply needs beside items and members. */
const ENVELOPE_BYTES = 1_024;

/**
 * The membership is written before the log is read: what is published in between is in the log or is pushed to the new
 * member. The other way round, it would be in neither.
 */
export class JoinRoom {
  constructor(
    private readonly doorkeeper: Doorkeeper,
    private readonly entrance: EnterRoom,
    private readonly log: ReadLog,
  ) {}

  async execute(caller: Caller, { room, since }: JoinMessage): Promise<Joined> {
    await this.doorkeeper.check(caller, 'join', room);
    // What was said before one came is history, by whichever way one asks for it.
    if (since) await this.doorkeeper.check(caller, 'history', room);
    const connection = await this.entrance.connectionOf(caller);
    const { users: members, truncated } = await this.entrance.enter(caller, connection, room);
    const bytes = FRAME_BYTES - ENVELOPE_BYTES - Buffer.byteLength(JSON.stringify(members));
    const page = since ? await this.log.since(room, since, HISTORY_LIMIT, bytes) : await this.log.head(room);
    return { room, ...page, members, ...(truncated && { truncated }) };
  }
}
