import { ROSTER_BYTES, ROSTER_USERS } from '../../../protocol/limits.js';
import type { Room, UserId } from '../../../protocol/names.js';
import type { Membership } from '../../domain/membership.js';
import { placeBetween, type Roster } from '../../domain/roster.js';
import type { RoomRepository } from '../ports/room-repository.js';

/** Fits the devices of a roster's users in most rooms; without it, a large room would fill a page of 1 MB. */
const PAGE_SIZE = 250;

interface ReadingRoster {
  from?: string;
  signal?: AbortSignal | undefined;
}

/** Reads on until the room ends or there are more users than a roster may show. */
export class Rosters {
  constructor(private readonly rooms: RoomRepository) {}

  /** From a place in the order of connection ids, if one is given. Stops when its signal aborts. */
  async read(room: Room, { from, signal }: ReadingRoster = {}): Promise<Roster> {
    const memberships: Membership[] = [];
    const users = new Set<UserId>();
    let bytes = 0;
    for await (const page of this.rooms.members(room, { pageSize: PAGE_SIZE, from, signal })) {
      for (const membership of page) {
        const { userId } = membership;
        if (!users.has(userId)) {
          bytes += bytesOf(userId);
          if (users.size === ROSTER_USERS || bytes > ROSTER_BYTES) {
            const next = placeBetween(memberships.at(-1)?.connectionId, membership.connectionId);
            return { memberships, users: [...users], truncated: true, next };
          }
          users.add(userId);
        }
        memberships.push(membership);
      }
    }
    return { memberships, users: [...users], truncated: false };
  }
}

/** In a list, its comma included. User ids are ASCII that JSON does not escape. */
const bytesOf = (userId: UserId): number => userId.length + '"",'.length;
