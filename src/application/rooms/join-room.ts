import type { ActionFrame, Reply } from '../../../protocol/actions.js';
import { FRAME_BYTES, HISTORY_LIMIT } from '../../../protocol/limits.js';
import type { Caller } from '../../domain/caller.js';
import type { Doorkeeper } from '../access/doorkeeper.js';
import type { ReadLog } from '../history/read-log.js';
import type { EnterRoom } from './enter-room.js';

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

  async execute(caller: Caller, { room, since }: ActionFrame<'join'>): Promise<Reply<'join'>> {
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
