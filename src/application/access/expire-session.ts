import type { Membership } from '../../domain/membership.js';
import { hasExpired } from '../../domain/session.js';
import type { Forget } from '../connections/forget.js';
import type { Clock } from '../ports/clock.js';
import type { ConnectionRepository } from '../ports/connection-repository.js';
import type { RoomRepository } from '../ports/room-repository.js';
import type { EndSession } from './end-session.js';

/** For a membership whose token has expired, as far as it knows: a refresh may have been under way while it was written. */
export class ExpireSession {
  constructor(
    private readonly connections: ConnectionRepository,
    private readonly rooms: RoomRepository,
    private readonly ending: EndSession,
    private readonly forget: Forget,
    private readonly clock: Clock,
  ) {}

  /** Resolves to the membership as it is after a refresh, or to undefined when the session has ended. */
  async execute(member: Membership): Promise<Membership | undefined> {
    const connection = await this.connections.find(member.connectionId);
    if (connection && !hasExpired(connection, this.clock.now())) {
      const { tokenExpiresAt } = connection;
      await this.rooms.renew(member.room, member.connectionId, tokenExpiresAt);
      return { ...member, tokenExpiresAt };
    }
    await this.ending.execute(member.connectionId, 'token_expired', true);
    await this.forget.member(member);
    return undefined;
  }
}
