import type { Clock } from '../../application/ports/clock.js';
import type { ConnectionRepository } from '../../application/ports/connection-repository.js';
import type { Connection } from '../../domain/connection.js';
import { EVERYONE, inboxOf } from '../../domain/room.js';
import type { MemoryStore } from './memory-store.js';

export class InMemoryConnectionRepository implements ConnectionRepository {
  constructor(
    private readonly store: MemoryStore,
    private readonly clock: Clock,
  ) {}

  async save(connection: Connection): Promise<void> {
    const { connectionId, userId, connectedAt, expiresAt } = connection;
    this.store.connections.set(connectionId, connection);
    for (const room of [EVERYONE, inboxOf(userId)])
      this.store.put({ room, connectionId, userId, connectedAt, joinedAt: connectedAt, expiresAt });
  }

  async find(connectionId: string): Promise<Connection | undefined> {
    const connection = this.store.connections.get(connectionId);
    return connection && connection.expiresAt > this.clock.now() ? connection : undefined;
  }

  async remove(connectionId: string): Promise<Connection | undefined> {
    const connection = this.store.connections.get(connectionId);
    this.store.connections.delete(connectionId);
    return connection;
  }
}
