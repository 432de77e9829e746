import type { ActionFrame, Reply } from '../../../protocol/actions.js';
import { HISTORY_DEFAULT } from '../../../protocol/limits.js';
import type { Caller } from '../../domain/access/caller.js';
import { spaceInAck } from '../../domain/publications/space-beside.js';
import type { AccessControl } from '../access/access-control.js';
import { allOf } from '../all-of.js';
import type { PublicationLog } from '../ports/publication-log.js';
import { FrameSpace } from './frame-space.js';
import { headPage, type LogPages } from './log-pages.js';

export class ReadHistory {
  constructor(
    private readonly access: AccessControl,
    private readonly log: PublicationLog,
    private readonly pages: LogPages,
  ) {}

  async execute(caller: Caller, message: ActionFrame<'history'>): Promise<Reply<'history'>> {
    const { room, since, before, limit = HISTORY_DEFAULT } = message;
    const [, , peeked] = await allOf([
      this.access.checkMembership(caller, room),
      this.access.checkPermission(caller, 'history', room),
      this.log.peek(room, caller.time?.signal),
    ]);
    const head = await peeked.head();
    const space = new FrameSpace(spaceInAck({ room, ...headPage(head) }), caller.time?.signal);
    const page = since
      ? await this.pages.since(room, head, since, limit, space)
      : await this.pages.before(room, head, before, limit, space);
    return { room, ...page };
  }
}
