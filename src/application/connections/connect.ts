import { CONNECTION_LIFETIME_MS } from '../../domain/connection.js';
import type { Identity } from '../../domain/identity.js';
import type { ConnectionRepository } from '../ports/connection-repository.js';
import type { ConnectionLimit } from './connection-limit.js';

/** API Gateway opens the socket only after this has returned, so nothing can be sent from here. */
export class Connect {
  constructor(
    private readonly connections: ConnectionRepository,
    private readonly limit: ConnectionLimit,
  ) {}

  /** `connection_limit`: its user has as many as he may; nothing is left of this one. */
  async execute(identity: Identity): Promise<'connected' | 'connection_limit'> {
    const { connectionId, userId, connectedAt, tokenExpiresAt, permissions } = identity;
    const expiresAt = connectedAt + CONNECTION_LIFETIME_MS;
    const session = tokenExpiresAt === undefined ? {} : { tokenExpiresAt, permissions };
    await this.connections.save({ connectionId, userId, connectedAt, expiresAt, ...session, rooms: [] });
    return (await this.limit.admits(identity)) ? 'connected' : 'connection_limit';
  }
}
