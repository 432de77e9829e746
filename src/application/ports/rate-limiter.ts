import type { Limits } from '../../../protocol/limits.js';
import type { Room, UserId } from '../../../protocol/names.js';

/**
 * Shared by all processes: each counts what the others admit. Processes whose clocks are up to 60 s apart together admit
 * no more than burst + rate · (time + 60 s). Of two, the one with the slower clock may be refused while the other is busy. A
 * clock that jumps back refuses for no longer than 60 s and the time that the burst takes at the rate.
 */
export interface RateLimiter {
  /**
   * Counts one frame of a connection, and of its user. `abusive`: refused so often that the caller should close the
   * connection.
   */
  frame(connectionId: string, userId: UserId): Promise<Verdict<'admitted' | 'limited' | 'abusive'>>;
  /** Counts one publication in a room with this many members. */
  publication(room: Room, members: number): Promise<Verdict<'admitted' | 'limited'>>;
  /** Counts one signal in a room that is pushed this many times. */
  signal(room: Room, recipients: number): Promise<Verdict<'admitted' | 'limited'>>;
  /**
   * Counts one presence notice that is pushed this many times. `last`: it uses up the limit, so later ones may be refused.
   */
  notice(room: Room, pushes: number): Promise<Verdict<'admitted' | 'last' | 'limited'>>;
  /** Counts one attempt of a user to connect. */
  connect(userId: UserId): Promise<Verdict<'admitted' | 'limited'>>;
  /** Counts one check of which connections of a user are still open. */
  probe(userId: UserId): Promise<Verdict<'admitted' | 'limited'>>;
  /** Counts one check of which members of a room are still open. */
  verification(room: Room): Promise<Verdict<'admitted' | 'limited'>>;
  /** How many connections a user may have. */
  readonly connectionsPerUser: number;
  /** The limits that a client is told to keep to. */
  readonly rates: Rates;
}

export type Rates = Pick<Limits, 'framesPerSecond' | 'framesAtOnce' | 'signalDeliveriesPerSecond'>;

export interface Verdict<Outcome> {
  outcome: Outcome;
  /** When to try again; 0 if admitted. */
  retryAfterMs: number;
}

/** A number was too far ahead of the clock, and began anew. */
export interface LimitReset {
  limit: string;
  aheadMs: number;
}
