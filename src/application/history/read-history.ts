import type { Caller } from '../../domain/caller.js';
import { HISTORY_DEFAULT, type HistoryMessage } from '../../domain/client-message.js';
import type { Room } from '../../domain/room.js';
import { FRAME_BYTES } from '../../domain/server-message.js';
import type { Doorkeeper } from '../access/doorkeeper.js';
import type { LogPage, ReadLog } from './read-log.js';

const ENVELOPE_BYTES = 1_024;

export class ReadHistory {
  constructor(
    private readonly doorkeeper: Doorkeeper,
    private readonly log: ReadLog,
  ) {}

  async execute(caller: Caller, message: HistoryMessage): Promise<LogPage & { room: Room }> {
    const { room, since, before, limit = HISTORY_DEFAULT } = message;
    await this.doorkeeper.checkMember(caller, room);
    await this.doorkeeper.check(caller, 'history', room);
    const bytes = FRAME_BYTES - ENVELOPE_BYTES;
    const page = since
      ? await this.log.since(room, since, limit, bytes)
      : await this.log.before(room, before, limit, bytes);
    return { room, ...page };
  }
}
