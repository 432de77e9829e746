import type { Room, UserId } from '../../protocol/names.js';

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
  /** Its holder may not know who else is there. Absent for whoever may. */
  withoutPresence?: true | undefined;
}
