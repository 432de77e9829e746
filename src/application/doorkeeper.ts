import type { Caller } from '../domain/caller.js';
import { ClientError } from '../domain/client-error.js';
import { isOpenTo, type Room } from '../domain/room.js';
import type { RoomRepository } from './ports/room-repository.js';

/** Lets only those at a room's log and roster who are in it. */
export class Doorkeeper {
  constructor(private readonly rooms: RoomRepository) {}

  /** @throws ClientError `not_a_member`, also for rooms that do not exist and for other users' inboxes */
  async checkMember({ connectionId, userId }: Caller, room: Room): Promise<void> {
    if (isOpenTo(room, userId)) return;
    const membership = await this.rooms.find(room, connectionId);
    if (membership?.userId !== userId) throw new ClientError('not_a_member');
  }
}
