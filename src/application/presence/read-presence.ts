import type { ActionFrame, Reply } from '../../../protocol/actions.js';
import type { Caller } from '../../domain/access/caller.js';
import type { AccessControl } from '../access/access-control.js';
import type { MemberLists } from './member-lists.js';
import type { Rosters } from './rosters.js';
import type { Verification } from './verification.js';

export class ReadPresence {
  constructor(
    private readonly access: AccessControl,
    private readonly rosters: Rosters,
    private readonly lists: MemberLists,
    private readonly verification: Verification,
  ) {}

  async execute(
    caller: Caller,
    { room, after, verify = false }: ActionFrame<'presence'>,
  ): Promise<Reply<'presence'>> {
    await this.access.checkMembership(caller, room);
    await this.access.checkPermission(caller, 'presence', room);
    const { time } = caller;
    const read = () => this.rosters.read(room, { signal: time?.signal });
    const roster = await read();
    const isOutdated = verify && (await this.verification.removeGone(room, roster, caller.connectionId));
    return this.lists.page(room, isOutdated ? await read() : roster, time, after);
  }
}
