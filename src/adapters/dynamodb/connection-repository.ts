import type { Clock } from '../../application/ports/clock.js';
import type { ConnectionRepository } from '../../application/ports/connection-repository.js';
import type { Connection } from '../../domain/connection.js';
import { EVERYONE, inboxOf } from '../../domain/room.js';
import { connectionKey } from './keys.js';
import { toMembershipItem } from './room-repository.js';
import { expiry, isLive } from './row.js';
import type { Item, Table } from './table.js';

export class DynamoDBConnectionRepository implements ConnectionRepository {
  constructor(
    private readonly table: Table,
    private readonly clock: Clock,
  ) {}

  async save(connection: Connection): Promise<void> {
    const { connectionId, userId, connectedAt, expiresAt } = connection;
    const membership = { connectionId, userId, connectedAt, joinedAt: connectedAt, expiresAt };
    await this.table.putAll([
      toItem(connection),
      toMembershipItem({ ...membership, room: EVERYONE }),
      toMembershipItem({ ...membership, room: inboxOf(userId) }),
    ]);
  }

  async find(connectionId: string): Promise<Connection | undefined> {
    const item = await this.table.get(connectionKey(connectionId));
    return item && isLive(item, this.clock.now()) ? toConnection(item) : undefined;
  }

  async remove(connectionId: string): Promise<Connection | undefined> {
    const item = await this.table.delete(connectionKey(connectionId));
    return item && toConnection(item);
  }
}

// A set cannot be empty: without rooms the attribute is absent.
const toItem = ({ connectionId, userId, connectedAt, expiresAt, rooms }: Connection): Item => ({
  ...connectionKey(connectionId),
  connectionId,
  userId,
  connectedAt,
  ...expiry(expiresAt),
  ...(rooms.length > 0 && { rooms: new Set(rooms) }),
});

const toConnection = (item: Item): Connection => ({
  connectionId: item.connectionId as string,
  userId: item.userId as string,
  connectedAt: item.connectedAt as number,
  expiresAt: item.expiresAt as number,
  rooms: [...((item.rooms as Set<string> | undefined) ?? [])],
});
