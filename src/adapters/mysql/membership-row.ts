import type { Room } from '../../../protocol/names.js';
import type { Membership } from '../../domain/membership.js';
import type { Row, Value } from './database/database.js';

/** The parameters of the procedures, and the columns of the table. */
export const toMembershipValues = (membership: Membership): Value[] => {
  const { room, connectionId, userId, connectedAt, joinedAt, expiresAt } = membership;
  const { tokenExpiresAt = null, withoutPresence = false } = membership;
  return [
    room,
    connectionId,
    userId,
    connectedAt,
    joinedAt,
    expiresAt,
    tokenExpiresAt,
    withoutPresence ? 1 : 0,
  ];
};

export const toMembership = (room: Room, row: Row): Membership => ({
  room,
  connectionId: row.connection_id as string,
  userId: row.user_id as string,
  connectedAt: row.connected_at as number,
  joinedAt: row.joined_at as number,
  expiresAt: row.expires_at as number,
  tokenExpiresAt: (row.token_expires_at as number | null) ?? undefined,
  ...(row.without_presence === 1 && { withoutPresence: true }),
  ...(typeof row.state_counter === 'number' && {
    stamp: { counter: row.state_counter, hash: row.state_hash as number },
  }),
});
