import type { Caller } from '../domain/caller.js';
import { CONNECTION_LIFETIME_MS } from '../domain/connection.js';
import type { ConnectionRepository } from './ports/connection-repository.js';

/** API Gateway opens the socket only after this has returned, so nothing can be sent from here. */
export class Connect {
  constructor(private readonly connections: ConnectionRepository) {}

  async execute({ connectionId, userId, connectedAt }: Caller): Promise<void> {
    const expiresAt = connectedAt + CONNECTION_LIFETIME_MS;
    await this.connections.save({ connectionId, userId, connectedAt, expiresAt, rooms: [] });
  }
}
