import type { ActionFrame, Reply } from '../../../protocol/actions.js';
import { HISTORY_LIMIT } from '../../../protocol/limits.js';
import type { Caller } from '../../domain/access/caller.js';
import { spaceInAck } from '../../domain/publications/space-beside.js';
import type { AccessControl } from '../access/access-control.js';
import { FrameSpace } from '../history/frame-space.js';
import { headPage, type LogPages } from '../history/log-pages.js';
import type { PublicationLog } from '../ports/publication-log.js';
import type { Memberships } from './memberships.js';

export class JoinRoom {
  constructor(
    private readonly access: AccessControl,
    private readonly memberships: Memberships,
    private readonly log: PublicationLog,
    private readonly pages: LogPages,
  ) {}

  async execute(caller: Caller, { room, since }: ActionFrame<'join'>): Promise<Reply<'join'>> {
    await this.access.checkPermission(caller, 'join', room);
    // What was said before one came is history, by whichever way one asks for it.
    if (since) await this.access.checkPermission(caller, 'history', room);
    const connection = await this.memberships.connectionOf(caller);
    const { roster, found } = await this.memberships.add(caller, connection, room, () =>
      this.log.peek(room, caller.time?.signal),
    );
    const { users, truncated } = roster;
    const members = { members: users, ...(truncated && { truncated }) };
    const head = await found.head();
    const space = new FrameSpace(spaceInAck({ room, ...headPage(head), ...members }), caller.time?.signal);
    const page = since ? await this.pages.since(room, head, since, HISTORY_LIMIT, space) : headPage(head);
    return { room, ...page, ...members };
  }
}
