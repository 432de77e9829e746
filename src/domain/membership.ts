import type { Room, UserId } from '../../protocol/names.js';
import type { Connection } from './connection.js';
import type { StateStamp } from './member-state.js';
import { isJoinable, openRooms } from './room.js';

/** One connection in one room. */
export interface Membership {
  room: Room;
  connectionId: string;
  userId: UserId;
  connectedAt: number;
  joinedAt: number;
  expiresAt: number;
  /** Kept here so that a push need not look up whether the session has ended. Absent for guests. */
  tokenExpiresAt?: number | undefined;
  /** The user may not see who else is there. Absent if they may. */
  withoutPresence?: true | undefined;
  /** Of its state; absent if it has none. */
  stamp?: StateStamp | undefined;
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
 * Whether a connection that looks gone may still be opening: API Gateway does not know a connection until `$connect` has
 * returned, and by then it is in `*` and its inbox. A connection that joined a room has sent a frame, so it was open.
 */
export const mayBeOpening = (
  { room, connectedAt }: Pick<Membership, 'room' | 'connectedAt'>,
  now: number,
  openingMs: number,
): boolean => !isJoinable(room) && now - connectedAt < openingMs;
