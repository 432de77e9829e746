import type { Caller } from '../../domain/caller.js';
import type { PresenceMessage } from '../../domain/client-message.js';
import type { Room } from '../../domain/room.js';
import type { Doorkeeper } from '../access/doorkeeper.js';
import type { ReadRoster } from './read-roster.js';

export interface Presence {
  room: Room;
  members: readonly string[];
  truncated?: true;
}

export class ReadPresence {
  constructor(
    private readonly doorkeeper: Doorkeeper,
    private readonly rosters: ReadRoster,
  ) {}

  async execute(caller: Caller, { room }: PresenceMessage): Promise<Presence> {
    await this.doorkeeper.checkMember(caller, room);
    await this.doorkeeper.check(caller, 'presence', room);
    const { users: members, truncated } = await this.rosters.execute(room);
    return { room, members, ...(truncated && { truncated }) };
  }
}
