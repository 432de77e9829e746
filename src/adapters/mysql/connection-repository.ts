import type { Clock } from '../../application/ports/clock.js';
import type { ConnectionRepository } from '../../application/ports/connection-repository.js';
import type { Session } from '../../domain/access/session.js';
import type { Connection } from '../../domain/connection.js';
import { membershipsOf } from '../../domain/membership.js';
import type { Database, Row } from './database/database.js';
import { BELIEVED_NOW } from './database/store-time.js';
import { toMembershipValues } from './membership-row.js';
import { sessionOf } from './session.js';

export class MySqlConnectionRepository implements ConnectionRepository {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async save(connection: Connection): Promise<void> {
    const { connectionId, userId, connectedAt, expiresAt, tokenExpiresAt, permissions, rooms } = connection;
    await this.database.change(
      `REPLACE INTO switchboard_connections
        (connection_id, user_id, connected_at, expires_at, token_expires_at, permissions, rooms)
        VALUES (?, ?, ?, ?, ?, ?, ?)`,
      [
        connectionId,
        userId,
        connectedAt,
        expiresAt,
        tokenExpiresAt ?? null,
        permissions ?? null,
        ['', ...rooms, ''].join('#'),
      ],
    );
    const memberships = membershipsOf(connection).map(toMembershipValues);
    await this.database.change(
      `REPLACE INTO switchboard_memberships
        (room, connection_id, user_id, connected_at, joined_at, expires_at, token_expires_at, without_presence)
        VALUES ${memberships.map(() => '(?, ?, ?, ?, ?, ?, ?, ?)').join(', ')}`,
      memberships.flat(),
    );
  }

  async find(connectionId: string, signal?: AbortSignal): Promise<Connection | undefined> {
    const now = this.clock.now();
    const [row] = await this.database.rows(
      `SELECT * FROM switchboard_connections WHERE connection_id = ? AND expires_at > ${BELIEVED_NOW}`,
      [connectionId, now, now],
      signal,
    );
    return row && toConnection(row);
  }

  async remove(connectionId: string): Promise<Connection | undefined> {
    const [row] = await this.database.call('switchboard_remove_connection', [connectionId]);
    return row && toConnection(row);
  }

  async renew(connectionId: string, session: Session): Promise<Connection | undefined> {
    const { tokenExpiresAt = null, permissions = null } = session;
    const values = [connectionId, tokenExpiresAt, permissions];
    const [row] = await this.database.call('switchboard_renew_connection', values);
    return row && toConnection(row);
  }

  async claimExpiryNotice(connectionId: string, tokenExpiresAt: number): Promise<boolean> {
    const claimed = await this.database.change(
      `UPDATE switchboard_connections SET noticed_expiry = ?
        WHERE connection_id = ? AND (noticed_expiry IS NULL OR noticed_expiry < ?)`,
      [tokenExpiresAt, connectionId, tokenExpiresAt],
    );
    return claimed === 1;
  }
}

const toConnection = (row: Row): Connection => ({
  connectionId: row.connection_id as string,
  userId: row.user_id as string,
  connectedAt: row.connected_at as number,
  expiresAt: row.expires_at as number,
  ...sessionOf(row),
  rooms: (row.rooms as string).split('#').filter((room) => room !== ''),
});
