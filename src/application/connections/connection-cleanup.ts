import type { Room, UserId } from '../../../protocol/names.js';
import type { Membership } from '../../domain/membership.js';
import { isJoinable, openRooms } from '../../domain/room.js';
import { concurrently } from '../concurrently.js';
import type { ConnectionRepository } from '../ports/connection-repository.js';
import type { RoomRepository } from '../ports/room-repository.js';
import type { PresenceNotices } from '../presence/presence-notices.js';

/** Rooms that are left at once. */
const CONCURRENCY = 8;

/** Removes a connection and its memberships. It may be called late, twice, or several times at once. */
export class ConnectionCleanup {
  constructor(
    private readonly connections: ConnectionRepository,
    private readonly rooms: RoomRepository,
    private readonly notices: PresenceNotices,
  ) {}

  /** `userId`, if it is known: a `$connect` that was forgotten half-way may have written memberships afterwards. */
  async forget(connectionId: string, userId?: UserId): Promise<void> {
    const connection = await this.connections.remove(connectionId);
    const owner = connection?.userId ?? userId;
    if (owner !== undefined) await this.#leaveAll(connectionId, owner, connection?.rooms ?? []);
  }

  /**
   * For a connection that a push found gone: perhaps only this membership is left of it. From `deadline` on (epoch
   * milliseconds) no notices are sent: the invocation that pushes still has to answer.
   */
  async forgetMember(
    { connectionId, userId, room }: Pick<Membership, 'connectionId' | 'userId' | 'room'>,
    deadline?: number,
  ): Promise<void> {
    const connection = await this.connections.remove(connectionId);
    await this.#leaveAll(connectionId, userId, [...(connection?.rooms ?? []), room], deadline);
  }

  async #leaveAll(
    connectionId: string,
    userId: string,
    joined: readonly Room[],
    deadline?: number,
  ): Promise<void> {
    await concurrently(new Set([...openRooms(userId), ...joined]), CONCURRENCY, async (room) => {
      const removed = await this.rooms.removeMember(room, connectionId);
      if (removed && isJoinable(room)) await this.notices.left(removed, deadline);
    });
  }
}
