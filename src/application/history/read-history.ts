import type { ActionFrame, Reply } from '../../../protocol/actions.js';
import { FRAME_BYTES, HISTORY_DEFAULT } from '../../../protocol/limits.js';
import type { Caller } from '../../domain/caller.js';
import type { Doorkeeper } from '../access/doorkeeper.js';
import type { ReadLog } from './read-log.js';

const ENVELOPE_BYTES = 1_024;

export class ReadHistory {
  constructor(
    private readonly doorkeeper: Doorkeeper,
    private readonly log: ReadLog,
  ) {}

  async execute(caller: Caller, message: ActionFrame<'history'>): Promise<Reply<'history'>> {
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
