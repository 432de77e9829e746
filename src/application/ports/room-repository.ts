import type { Room } from '../../../protocol/names.js';
import type { Session } from '../../domain/access/session.js';
import type { Membership } from '../../domain/membership.js';
import type { Section } from '../../domain/section.js';

export const SECTIONS_KEPT_MS = 10 * 60_000;

/**
 * The members of rooms. A read sees every write that has returned, and stops when its signal aborts. It leaves out expired
 * memberships, deleted or not.
 */
export interface RoomRepository {
  /**
   * Page by page, each membership once, by connection id unless `inAnyOrder`; a membership written meanwhile may or may not appear. `backwards`
   * is the opposite order. Pass `pageSize` when only the first few are needed, and `from` to begin at a place in that order.
   */
  members(room: Room, options?: ReadingMembers): AsyncIterable<readonly Membership[]>;
  /**
   * Cuts a room with more than `most` members into sections of about that size. Together they contain every member, even
   * later ones. For `SECTIONS_KEPT_MS` the sections stay the same, whatever the size of the room. A room that was not cut
   * is one section.
   */
  sections(room: Room, most: number): Promise<readonly Section[]>;
  /** The number of members, counted up to `atMost`; may count expired ones. */
  count(room: Room, atMost: number): Promise<number>;
  find(room: Room, connectionId: string, signal?: AbortSignal): Promise<Membership | undefined>;
  /**
   * Writes the membership, then lists the room on its connection. Joining again is no error and keeps the first
   * `joinedAt`. `entered` is called in between, so its work runs beside the second write.
   *
   * - `joined`, `rejoined`: it is a member and its connection knows it; `session` is the connection's at that moment
   * - `session_unknown`: there is no such connection (any more); nothing is left behind
   * - `room_limit`: the connection lists `ROOMS_PER_CONNECTION` others; nothing is left behind
   */
  join(
    membership: Membership,
    entered?: () => void,
  ): Promise<Joined | { outcome: 'session_unknown' | 'room_limit' }>;
  /**
   * Removes the membership, then the room from its connection. Resolves to the removed membership, expired or not, or to
   * undefined if there is none: of two callers that remove it, one gets it.
   */
  leave(room: Room, connectionId: string): Promise<Membership | undefined>;
  /** Like `leave`, for a connection that was itself removed. */
  removeMember(room: Room, connectionId: string): Promise<Membership | undefined>;
  /** Replaces the session data in a membership; without a membership, nothing happens. */
  renew(room: Room, connectionId: string, session: MembersSession): Promise<void>;
}

export interface Joined {
  outcome: 'joined' | 'rejoined';
  session: Session;
}

export type MembersSession = Pick<Membership, 'tokenExpiresAt' | 'withoutPresence'>;

export interface ReadingMembers {
  pageSize?: number;
  backwards?: boolean;
  /** A large room that is kept in several parts is then read with fewer requests. */
  inAnyOrder?: boolean;
  /** Absent: all of them. */
  section?: Section;
  /** A connection id, or the beginning of one: ids before it are left out. Not together with `backwards`. */
  from?: string | undefined;
  signal?: AbortSignal | undefined;
}
