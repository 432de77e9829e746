import { EVERYONE } from '../../../protocol/names.js';
import type { Identity } from '../../domain/access/identity.js';
import { CONNECTION_LIFETIME_MS } from '../../domain/connection.js';
import type { ConnectionRepository } from '../ports/connection-repository.js';
import type { RateLimiter } from '../ports/rate-limiter.js';
import type { ConnectionCleanup } from './connection-cleanup.js';
import type { ConnectionLimit } from './connection-limit.js';

/** API Gateway opens the socket only after this has returned, so nothing can be sent from here. */
export class Connect {
  constructor(
    private readonly connections: ConnectionRepository,
    private readonly limiter: RateLimiter,
    private readonly limit: ConnectionLimit,
    private readonly cleanup: ConnectionCleanup,
  ) {}

  /**
   * `connection_limit`: the user already has the maximum, or tries too often. Then, and when this rejects, its rows are
   * removed, if the store answers.
   */
  async execute(identity: Identity): Promise<'connected' | 'connection_limit'> {
    const { connectionId, userId, connectedAt, tokenExpiresAt, permissions } = identity;
    const expiresAt = connectedAt + CONNECTION_LIFETIME_MS;
    const session = tokenExpiresAt === undefined ? {} : { tokenExpiresAt, permissions };
    if ((await this.limiter.connect(userId)).outcome === 'limited') return 'connection_limit';
    try {
      await this.connections.save({ connectionId, userId, connectedAt, expiresAt, ...session, rooms: [] });
      if (await this.limit.admits(identity)) return 'connected';
    } catch (error) {
      // Some of its rows may be written; API Gateway opens no socket and sends no `$disconnect`.
      await this.cleanup.forgetMember({ connectionId, userId, room: EVERYONE }).catch(() => {});
      throw error;
    }
    return 'connection_limit';
  }
}
