import type { ActionFrame, Reply } from '../../../protocol/actions.js';
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

  async execute(caller: Caller, { room, ...entry }: ActionFrame<'join'>): Promise<Reply<'join'>> {
    await this.access.checkPermission(caller, 'join', room);
    // What was said before one came is history, by whichever way one asks for it.
    if (entry.since || entry.last) await this.access.checkPermission(caller, 'history', room);
    const connection = await this.memberships.connectionOf(caller);
    const { roster, found } = await this.memberships.add(caller, connection, room, () =>
      this.log.peek(room, caller.time?.signal),
    );
    const { users, truncated } = roster;
    const members = { members: users, ...(truncated && { truncated }) };
    const head = await found.head();
    const envelope = { room, ...headPage(head), ...(entry.last && { start: head }), ...members };
    const space = new FrameSpace(spaceInAck(envelope), caller.time?.signal);
    const page = await this.pages.entering(room, head, entry, space);
    return { room, ...page, ...members };
  }
}
