import type { Clock } from '../../application/ports/clock.js';
import type { ConnectionRepository } from '../../application/ports/connection-repository.js';
import type { Session } from '../../domain/access/session.js';
import type { Connection } from '../../domain/connection.js';
import { membershipsOf } from '../../domain/membership.js';
import type { MemoryStore } from './memory-store.js';

export class InMemoryConnectionRepository implements ConnectionRepository {
  readonly #noticedExpiries = new Map<string, number>();

  constructor(
    private readonly store: MemoryStore,
    private readonly clock: Clock,
  ) {}

  async save(connection: Connection): Promise<void> {
    this.store.connections.set(connection.connectionId, connection);
    for (const membership of membershipsOf(connection)) this.store.put(membership);
  }

  async find(connectionId: string): Promise<Connection | undefined> {
    const connection = this.store.connections.get(connectionId);
    return connection && connection.expiresAt > this.clock.now() ? connection : undefined;
  }

  async remove(connectionId: string): Promise<Connection | undefined> {
    const connection = this.store.connections.get(connectionId);
    this.store.connections.delete(connectionId);
    this.#noticedExpiries.delete(connectionId);
    return connection;
  }

  async renew(connectionId: string, session: Session): Promise<Connection | undefined> {
    const connection = this.store.connections.get(connectionId);
    if (!connection) return undefined;
    const renewed = { ...connection, ...session };
    this.store.connections.set(connectionId, renewed);
    return renewed;
  }

  async claimExpiryNotice(connectionId: string, tokenExpiresAt: number): Promise<boolean> {
    if (!this.store.connections.has(connectionId)) return false;
    if ((this.#noticedExpiries.get(connectionId) ?? 0) >= tokenExpiresAt) return false;
    this.#noticedExpiries.set(connectionId, tokenExpiresAt);
    return true;
  }
}
