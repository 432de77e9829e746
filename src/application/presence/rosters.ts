import { ROSTER_USERS } from '../../../protocol/limits.js';
import type { Room } from '../../../protocol/names.js';
import type { Membership } from '../../domain/membership.js';
import type { Roster } from '../../domain/roster.js';
import type { RoomRepository } from '../ports/room-repository.js';

/** Enough for the devices of a roster's users in most rooms; a large room would fill a page of 1 MB. */
const PAGE_SIZE = 250;

/** Reads on until the room ends or there are more users than a roster shows. */
export class Rosters {
  constructor(private readonly rooms: RoomRepository) {}

  async read(room: Room): Promise<Roster> {
    const memberships: Membership[] = [];
    const users = new Set<string>();
    for await (const page of this.rooms.members(room, { pageSize: PAGE_SIZE })) {
      for (const membership of page) {
        if (!users.has(membership.userId) && users.size === ROSTER_USERS)
          return { memberships, users: [...users], truncated: true };
        users.add(membership.userId);
        memberships.push(membership);
      }
    }
    return { memberships, users: [...users], truncated: false };
  }
}
