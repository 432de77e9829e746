import type { ActionFrame, Reply } from '../../../protocol/actions.js';
import type { Caller } from '../../domain/caller.js';
import type { Doorkeeper } from '../access/doorkeeper.js';
import type { ReadRoster } from './read-roster.js';

export class ReadPresence {
  constructor(
    private readonly doorkeeper: Doorkeeper,
    private readonly rosters: ReadRoster,
  ) {}

  async execute(caller: Caller, { room }: ActionFrame<'presence'>): Promise<Reply<'presence'>> {
    await this.doorkeeper.checkMember(caller, room);
    await this.doorkeeper.check(caller, 'presence', room);
    const { users: members, truncated } = await this.rosters.execute(room);
    return { room, members, ...(truncated && { truncated }) };
  }
}
