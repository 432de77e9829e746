import type { Room } from './room.js';
import type { UserId } from './user-id.js';

/** One connection in one room. */
export interface Membership {
  room: Room;
  connectionId: string;
  userId: UserId;
  connectedAt: number;
  joinedAt: number;
  expiresAt: number;
}
