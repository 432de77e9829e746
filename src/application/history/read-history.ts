import type { ActionFrame, Reply } from '../../../protocol/actions.js';
import { HISTORY_DEFAULT } from '../../../protocol/limits.js';
import type { Caller } from '../../domain/access/caller.js';
import { itemSpaceInAck } from '../../domain/publications/item-space.js';
import type { AccessControl } from '../access/access-control.js';
import type { PublicationLog } from '../ports/publication-log.js';
import { settleAll } from '../settle-all.js';
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
    const [, , peeked] = await settleAll([
      this.access.checkMembership(caller, room),
      this.access.checkPermission(caller, 'history', room),
      this.log.peek(room, caller.time?.signal),
    ]);
    const head = await peeked.head();
    const space = new FrameSpace(itemSpaceInAck({ room, ...headPage(head) }), caller.time?.signal);
    const page = since
      ? await this.pages.since(room, head, since, limit, space)
      : await this.pages.before(room, head, before, limit, space);
    return { room, ...page };
  }
}
