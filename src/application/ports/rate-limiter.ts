import type { Limits } from '../../../protocol/limits.js';
import type { Room, UserId } from '../../../protocol/names.js';

/**
 * Shared by every process: what one admitted, the others count. Processes whose clocks are up to 60 s apart admit together
 * no more than burst + rate · (time + 60 s); of two, the slower may be refused while the faster is busy. A clock that
 * jumps back refuses for no longer than 60 s and the time that the burst takes at the rate.
 */
export interface RateLimiter {
  /**
   * Counts one frame of a connection, and of its user. `abusive`: refused so often that the connection is to be closed.
   */
  frame(connectionId: string, userId: UserId): Promise<Verdict<'admitted' | 'limited' | 'abusive'>>;
  /** Counts one publication in a room of so many members. */
  publication(room: Room, members: number): Promise<Verdict<'admitted' | 'limited'>>;
  /** Counts one signal in a room that goes to so many. */
  signal(room: Room, recipients: number): Promise<Verdict<'admitted' | 'limited'>>;
  /** Counts one notice of presence that goes to so many. `last`: it uses up the limit, so others may be refused. */
  notice(room: Room, pushes: number): Promise<Verdict<'admitted' | 'last' | 'limited'>>;
  /** Counts one attempt of a user to connect. */
  connect(userId: UserId): Promise<Verdict<'admitted' | 'limited'>>;
  /** Counts one look at which connections of a user are still open. */
  probe(userId: UserId): Promise<Verdict<'admitted' | 'limited'>>;
  /** How many connections a user may have. */
  readonly connectionsPerUser: number;
  /** What a client is told, to keep to it. */
  readonly rates: Rates;
}

export type Rates = Pick<Limits, 'framesPerSecond' | 'framesAtOnce' | 'signalDeliveriesPerSecond'>;

export interface Verdict<Outcome> {
  outcome: Outcome;
  /** When to come again; 0 when admitted. */
  retryAfterMs: number;
}

/** A number was further ahead of the clock than is believed, and began anew. */
export interface LimitReset {
  limit: string;
  aheadMs: number;
}
