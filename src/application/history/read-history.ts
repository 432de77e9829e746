import type { ActionFrame, Reply } from '../../../protocol/actions.js';
import { FRAME_BYTES, HISTORY_DEFAULT } from '../../../protocol/limits.js';
import type { Caller } from '../../domain/caller.js';
import type { AccessControl } from '../access/access-control.js';
import type { LogPages } from './log-pages.js';

const ENVELOPE_BYTES = 1_024;

export class ReadHistory {
  constructor(
    private readonly access: AccessControl,
    private readonly pages: LogPages,
  ) {}

  async execute(caller: Caller, message: ActionFrame<'history'>): Promise<Reply<'history'>> {
    const { room, since, before, limit = HISTORY_DEFAULT } = message;
    await this.access.checkMembership(caller, room);
    await this.access.checkPermission(caller, 'history', room);
    const bytes = FRAME_BYTES - ENVELOPE_BYTES;
    const page = since
      ? await this.pages.since(room, since, limit, bytes)
      : await this.pages.before(room, before, limit, bytes);
    return { room, ...page };
  }
}
