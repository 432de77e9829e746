import { EVERYONE, inboxOf } from '../../../protocol/names.js';
import type { Clock } from '../../application/ports/clock.js';
import type { ConnectionRepository } from '../../application/ports/connection-repository.js';
import type { Connection } from '../../domain/connection.js';
import type { Session } from '../../domain/session.js';
import type { Condition } from './expression.js';
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
    const { connectionId, userId, connectedAt, expiresAt, tokenExpiresAt } = connection;
    const joinedAt = connectedAt;
    const membership = { connectionId, userId, connectedAt, joinedAt, expiresAt, tokenExpiresAt };
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

  async renew(connectionId: string, session: Session): Promise<Connection | undefined> {
    const set = toSession(session);
    const item = await this.table.update(connectionKey(connectionId), { set }, { exists: 'pk' });
    return item && toConnection(item);
  }

  async claimExpiryNotice(connectionId: string, tokenExpiresAt: number): Promise<boolean> {
    const change = { set: { noticedExpiry: tokenExpiresAt } };
    const unclaimed: Condition = {
      all: [
        { exists: 'pk' },
        { any: [{ absent: 'noticedExpiry' }, { below: ['noticedExpiry', tokenExpiresAt] }] },
      ],
    };
    return (await this.table.update(connectionKey(connectionId), change, unclaimed)) !== undefined;
  }
}

// A set cannot be empty: without rooms the attribute is absent.
const toItem = (connection: Connection): Item => {
  const { connectionId, userId, connectedAt, expiresAt, rooms } = connection;
  return {
    ...connectionKey(connectionId),
    connectionId,
    userId,
    connectedAt,
    ...expiry(expiresAt),
    ...toSession(connection),
    ...(rooms.length > 0 && { rooms: new Set(rooms) }),
  };
};

const toSession = ({ tokenExpiresAt, permissions }: Session): Record<string, unknown> => ({
  ...(tokenExpiresAt !== undefined && { tokenExpiresAt }),
  ...(permissions !== undefined && { permissions }),
});

const toConnection = (item: Item): Connection => ({
  connectionId: item.connectionId as string,
  userId: item.userId as string,
  connectedAt: item.connectedAt as number,
  expiresAt: item.expiresAt as number,
  tokenExpiresAt: item.tokenExpiresAt as number | undefined,
  permissions: item.permissions as string | undefined,
  rooms: [...((item.rooms as Set<string> | undefined) ?? [])],
});
