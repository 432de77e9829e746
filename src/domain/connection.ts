import type { Room, UserId } from '../../protocol/names.js';
import type { Session } from './access/session.js';

export interface Connection extends Session {
  connectionId: string;
  userId: UserId;
  connectedAt: number;
  expiresAt: number;
  /** Joined rooms, so that they can be deleted with it; only a membership makes a member. */
  rooms: readonly Room[];
}

/** API Gateway cuts a connection after two hours; the rest allows for clocks and a late `$disconnect`. */
export const CONNECTION_LIFETIME_MS = 2 * 3_600_000 + 5 * 60_000;

export const CONNECTIONS_PER_USER = 10;
