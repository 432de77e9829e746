import { inboxOf, type UserId } from '../../../protocol/names.js';
import type { EndSession } from '../access/end-session.js';
import { inLanes } from '../delivery/in-lanes.js';
import type { RoomRepository } from '../ports/room-repository.js';
import type { Forget } from './forget.js';

/** Connections that are closed at once. */
const LANES = 8;

/** Closes every connection of a user, wherever it is. Keeping him from coming back is the tokens' issuer's to do. */
export class DisconnectUser {
  constructor(
    private readonly rooms: RoomRepository,
    private readonly ending: EndSession,
    private readonly forget: Forget,
  ) {}

  async execute(userId: UserId): Promise<{ connections: number }> {
    let connections = 0;
    for await (const page of this.rooms.members(inboxOf(userId))) {
      await inLanes(page, LANES, async (membership) => {
        await this.ending.execute(membership.connectionId, 'forbidden', false);
        await this.forget.member(membership);
      });
      connections += page.length;
    }
    return { connections };
  }
}
