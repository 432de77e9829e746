import type { ActionFrame, Reply } from '../../../protocol/actions.js';
import { HISTORY_LIMIT } from '../../../protocol/limits.js';
import type { Caller } from '../../domain/caller.js';
import { spaceInAck } from '../../domain/space-beside.js';
import type { AccessControl } from '../access/access-control.js';
import type { LogPage, LogPages } from '../history/log-pages.js';
import type { Memberships } from './memberships.js';

/**
 * The membership is written before the log is read: what is published in between is in the log or is pushed to the new
 * member. The other way round, it would be in neither.
 */
export class JoinRoom {
  constructor(
    private readonly access: AccessControl,
    private readonly memberships: Memberships,
    private readonly pages: LogPages,
  ) {}

  async execute(caller: Caller, { room, since }: ActionFrame<'join'>): Promise<Reply<'join'>> {
    await this.access.checkPermission(caller, 'join', room);
    // What was said before one came is history, by whichever way one asks for it.
    if (since) await this.access.checkPermission(caller, 'history', room);
    const connection = await this.memberships.connectionOf(caller);
    const { users, truncated } = await this.memberships.add(caller, connection, room);
    const members = { members: users, ...(truncated && { truncated }) };
    const spaceFor = (page: LogPage) => spaceInAck({ room, ...page, ...members });
    const page = since
      ? await this.pages.since(room, since, HISTORY_LIMIT, spaceFor)
      : await this.pages.head(room);
    return { room, ...page, ...members };
  }
}
