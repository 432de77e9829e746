import type { Room } from '../../../protocol/names.js';
import type { MemberState } from '../../domain/member-state.js';
import type { Membership } from '../../domain/membership.js';

/**
 * What members say of themselves, in rows of their own: pushing to a room never reads them. A state goes with its
 * membership. A read sees every write that has returned, and stops when its signal aborts.
 */
export interface MemberStates {
  /**
   * Keeps the state and stamps the membership with it, unless that connection has said something there with the same or a
   * higher counter. False: it is no member, and nothing is left behind.
   */
  set(member: StatedMember, said: MemberState): Promise<boolean>;
  /** Every state in a room, by connection id. It may hold one of a connection that is no member any more. */
  read(room: Room, signal?: AbortSignal): Promise<ReadonlyMap<string, MemberState>>;
}

export type StatedMember = Pick<Membership, 'room' | 'connectionId' | 'expiresAt'>;
