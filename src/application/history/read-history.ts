import type { ActionFrame, Reply } from '../../../protocol/actions.js';
import { HISTORY_DEFAULT } from '../../../protocol/limits.js';
import type { Caller } from '../../domain/caller.js';
import { spaceInAck } from '../../domain/space-beside.js';
import type { AccessControl } from '../access/access-control.js';
import type { LogPage, LogPages } from './log-pages.js';

export class ReadHistory {
  constructor(
    private readonly access: AccessControl,
    private readonly pages: LogPages,
  ) {}

  async execute(caller: Caller, message: ActionFrame<'history'>): Promise<Reply<'history'>> {
    const { room, since, before, limit = HISTORY_DEFAULT } = message;
    await this.access.checkMembership(caller, room);
    await this.access.checkPermission(caller, 'history', room);
    const spaceFor = (page: LogPage) => spaceInAck({ room, ...page });
    const page = since
      ? await this.pages.since(room, since, limit, spaceFor)
      : await this.pages.before(room, before, limit, spaceFor);
    return { room, ...page };
  }
}
