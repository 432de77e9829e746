import type { Room } from '../../../protocol/names.js';
import type { MemberState } from '../../domain/member-state.js';
import type { Membership } from '../../domain/membership.js';

/**
 * States of members, in rows of their own: pushing to a room never reads them. A state is removed with its
 * membership. A read sees every write that has returned, and stops when its signal aborts.
 */
export interface MemberStates {
  /**
   * Keeps the state and stamps the membership with it, unless that connection has set a state there with the same or a
   * higher counter. False: it is no member, and nothing is left behind.
   */
  set(member: StatedMember, said: MemberState): Promise<boolean>;
  /** Every state in a room, by connection id. It may include the state of a connection that is no longer a member. */
  read(room: Room, signal?: AbortSignal): Promise<ReadonlyMap<string, MemberState>>;
}

export type StatedMember = Pick<Membership, 'room' | 'connectionId' | 'expiresAt'>;
