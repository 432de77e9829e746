import type { ActionFrame, Reply } from '../../../protocol/actions.js';
import type { Caller } from '../../domain/access/caller.js';
import type { AccessControl } from '../access/access-control.js';
import type { Rosters } from './rosters.js';

export class ReadPresence {
  constructor(
    private readonly access: AccessControl,
    private readonly rosters: Rosters,
  ) {}

  async execute(caller: Caller, { room }: ActionFrame<'presence'>): Promise<Reply<'presence'>> {
    await this.access.checkMembership(caller, room);
    await this.access.checkPermission(caller, 'presence', room);
    const { users: members, truncated } = await this.rosters.read(room);
    return { room, members, ...(truncated && { truncated }) };
  }
}
