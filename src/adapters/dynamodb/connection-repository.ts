import type { Clock } from '../../application/ports/clock.js';
import type { ConnectionRepository } from '../../application/ports/connection-repository.js';
import type { Session } from '../../domain/access/session.js';
import type { Connection } from '../../domain/connection.js';
import { membershipsOf } from '../../domain/membership.js';
import { connectionKey } from './keys.js';
import { toMembershipRow } from './room-repository.js';
import { sessionOf } from './session.js';
import { expiry, isLive } from './table/expiry.js';
import type { Condition } from './table/expression.js';
import { StoreClock } from './table/store-clock.js';
import type { Row, Table } from './table/table.js';

export class DynamoDBConnectionRepository implements ConnectionRepository {
  readonly #time: StoreClock;

  constructor(
    private readonly table: Table,
    clock: Clock,
  ) {
    this.#time = new StoreClock(table, clock);
  }

  async save(connection: Connection): Promise<void> {
    await this.table.putAll([toRow(connection), ...membershipsOf(connection).map(toMembershipRow)]);
  }

  async find(connectionId: string, signal?: AbortSignal): Promise<Connection | undefined> {
    const row = await this.table.get(connectionKey(connectionId), signal);
    return row && isLive(row, this.#time.now()) ? toConnection(row) : undefined;
  }

  async remove(connectionId: string): Promise<Connection | undefined> {
    const row = await this.table.delete(connectionKey(connectionId));
    return row && toConnection(row);
  }

  async renew(connectionId: string, session: Session): Promise<Connection | undefined> {
    const set = toSession(session);
    const row = await this.table.update(connectionKey(connectionId), { set }, { exists: 'pk' });
    return row && toConnection(row);
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
const toRow = (connection: Connection): Row => {
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

const toConnection = (row: Row): Connection => ({
  connectionId: row.connectionId as string,
  userId: row.userId as string,
  connectedAt: row.connectedAt as number,
  expiresAt: row.expiresAt as number,
  ...sessionOf(row),
  rooms: [...((row.rooms as Set<string> | undefined) ?? [])],
});
