import type { ActionFrame, Reply } from '../../../protocol/actions.js';
import type { Caller } from '../../domain/access/caller.js';
import type { RoomRepository } from '../ports/room-repository.js';
import type { PresenceNotices } from '../presence/presence-notices.js';

export class LeaveRoom {
  constructor(
    private readonly rooms: RoomRepository,
    private readonly notices: PresenceNotices,
  ) {}

  async execute({ connectionId }: Caller, { room }: ActionFrame<'leave'>): Promise<Reply<'leave'>> {
    const removed = await this.rooms.leave(room, connectionId);
    if (removed) await this.notices.left(removed);
    return { room };
  }
}
