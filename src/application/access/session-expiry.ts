import { parsePermissions } from '../../domain/access/permissions.js';
import { hasExpired } from '../../domain/access/session.js';
import type { Membership } from '../../domain/membership.js';
import type { ConnectionCleanup } from '../connections/connection-cleanup.js';
import type { Clock } from '../ports/clock.js';
import type { ConnectionRepository } from '../ports/connection-repository.js';
import type { MembershipRenewal } from './membership-renewal.js';
import type { SessionCloser } from './session-closer.js';

/** Checks a membership whose row says that its token has expired: a refresh may have come while the row was written. */
export class SessionExpiry {
  constructor(
    private readonly connections: ConnectionRepository,
    private readonly renewal: MembershipRenewal,
    private readonly closer: SessionCloser,
    private readonly cleanup: ConnectionCleanup,
    private readonly clock: Clock,
  ) {}

  /** Resolves to the membership as it is after a refresh, or to undefined when the session has ended. */
  async renewOrClose(member: Membership): Promise<Membership | undefined> {
    const connection = await this.connections.find(member.connectionId);
    if (connection && !hasExpired(connection, this.clock.now())) {
      const { tokenExpiresAt, permissions, userId } = connection;
      const caller = { userId, granted: parsePermissions(permissions) };
      await this.renewal.renew(caller, member.room, member.connectionId, tokenExpiresAt);
      return { ...member, tokenExpiresAt };
    }
    await this.closer.close(member.connectionId, 'token_expired', true);
    await this.cleanup.forgetMember(member);
    return undefined;
  }
}
