import type { Room } from '../../../protocol/names.js';

/** Shared by every process: what one admitted, the others count. */
export interface RateLimiter {
  /** Counts one frame of a connection. `abusive`: refused so often that the connection is to be closed. */
  frame(connectionId: string): Promise<Verdict<'admitted' | 'limited' | 'abusive'>>;
  /** Counts one publication in a room of so many members. */
  publication(room: Room, members: number): Promise<Verdict<'admitted' | 'limited'>>;
  /** How many connections a user may have. */
  readonly connectionsPerUser: number;
}

export interface Verdict<Outcome> {
  outcome: Outcome;
  /** When to come again; 0 when admitted. */
  retryAfterMs: number;
}
