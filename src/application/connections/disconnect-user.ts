import { inboxOf, type UserId } from '../../../protocol/names.js';
import type { SessionCloser } from '../access/session-closer.js';
import { concurrently } from '../concurrently.js';
import type { RoomRepository } from '../ports/room-repository.js';
import type { ConnectionCleanup } from './connection-cleanup.js';

/** Connections that are closed simultaneously. */
const CONCURRENCY = 8;

/** Closes every connection of a user. Only the issuer of tokens can keep the user from coming back. */
export class DisconnectUser {
  constructor(
    private readonly rooms: RoomRepository,
    private readonly closer: SessionCloser,
    private readonly cleanup: ConnectionCleanup,
  ) {}

  async execute(userId: UserId): Promise<{ connections: number }> {
    let connections = 0;
    for await (const page of this.rooms.members(inboxOf(userId))) {
      await concurrently(page, CONCURRENCY, async (membership) => {
        await this.closer.close(membership.connectionId, 'forbidden', false);
        await this.cleanup.forgetMember(membership);
      });
      connections += page.length;
    }
    return { connections };
  }
}
