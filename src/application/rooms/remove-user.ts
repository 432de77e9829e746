import { inboxOf, type Room, type UserId } from '../../../protocol/names.js';
import type { RoomRepository } from '../ports/room-repository.js';
import type { PresenceNotices } from '../presence/presence-notices.js';

/**
 * Takes every connection of a user out of a room, as if each had left. They stay open, and the user can join again if their
 * permissions allow it.
 */
export class RemoveUser {
  constructor(
    private readonly rooms: RoomRepository,
    private readonly notices: PresenceNotices,
  ) {}

  /**
   * Resolves to the number of connections that were in the room. They leave one after the other, and the last one tells the
   * room.
   */
  async execute(userId: UserId, room: Room): Promise<{ connections: number }> {
    let connections = 0;
    for await (const page of this.rooms.members(inboxOf(userId)))
      for (const { connectionId } of page) {
        const removed = await this.rooms.leave(room, connectionId);
        if (!removed) continue;
        connections += 1;
        await this.notices.left(removed);
      }
    return { connections };
  }
}
