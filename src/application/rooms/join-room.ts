import type { ActionFrame, Reply } from '../../../protocol/actions.js';
import type { Caller } from '../../domain/access/caller.js';
import type { JsonText } from '../../domain/json/json-text.js';
import { itemSpaceInAck } from '../../domain/publications/item-space.js';
import type { AccessControl } from '../access/access-control.js';
import { FrameSpace } from '../history/frame-space.js';
import { headPage, type LogPages } from '../history/log-pages.js';
import type { PublicationLog } from '../ports/publication-log.js';
import type { MemberLists } from '../presence/member-lists.js';
import { settleAll } from '../settle-all.js';
import type { Memberships } from './memberships.js';

type Message = Omit<ActionFrame<'join'>, 'state'> & { state?: JsonText };

export class JoinRoom {
  constructor(
    private readonly access: AccessControl,
    private readonly memberships: Memberships,
    private readonly log: PublicationLog,
    private readonly pages: LogPages,
    private readonly lists: MemberLists,
  ) {}

  async execute(caller: Caller, { room, state, counter, ...entry }: Message): Promise<Reply<'join'>> {
    await this.access.checkPermission(caller, 'join', room);
    // `since` and `last` both read earlier messages, so both need the permission `history`.
    if (entry.since || entry.last) await this.access.checkPermission(caller, 'history', room);
    // A state is shown to all members, so it needs more than the permission to join.
    if (state) await this.access.checkPermission(caller, 'presence', room);
    const connection = await this.memberships.connectionOf(caller);
    const said = state && counter ? { state, counter } : undefined;
    const peek = () => this.log.peek(room, caller.time?.signal);
    const { roster, found } = await this.memberships.add(caller, connection, room, peek, { said });
    const [members, head] = await settleAll([this.lists.page(room, roster, caller.time), found.head()]);
    const envelope = { ...headPage(head), ...(entry.last && { start: head }), ...members };
    const space = new FrameSpace(itemSpaceInAck(envelope), caller.time?.signal);
    return { ...(await this.pages.entering(room, head, entry, space)), ...members };
  }
}
