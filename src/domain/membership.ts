import type { Room, UserId } from '../../protocol/names.js';
import type { Connection } from './connection.js';
import { isJoinable, openRooms } from './room.js';

/** One connection in one room. */
export interface Membership {
  room: Room;
  connectionId: string;
  userId: UserId;
  connectedAt: number;
  joinedAt: number;
  expiresAt: number;
  /** So that a push need not ask whether the session has ended. Absent for guests. */
  tokenExpiresAt?: number | undefined;
  /** Its holder may not see who else is there. Absent for a holder who may. */
  withoutPresence?: true | undefined;
}

/** From the moment it is saved, a connection is a member of `*` and of its user's inbox. */
export const membershipsOf = (connection: Connection): Membership[] => {
  const { connectionId, userId, connectedAt, expiresAt, tokenExpiresAt } = connection;
  return openRooms(userId).map((room) => ({
    room,
    connectionId,
    userId,
    connectedAt,
    joinedAt: connectedAt,
    expiresAt,
    tokenExpiresAt,
  }));
};

/**
 * Whether a connection that was found gone may only not be open yet: until `$connect` has returned API Gateway knows no
 * connection, and by then this one is in `*` and its inbox. One that joined a room has sent a frame, so it was open.
 */
export const mayBeOpening = (
  { room, connectedAt }: Pick<Membership, 'room' | 'connectedAt'>,
  now: number,
  openingMs: number,
): boolean => !isJoinable(room) && now - connectedAt < openingMs;
