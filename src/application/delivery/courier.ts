import type { Membership } from '../../domain/membership.js';
import type { SendOutcome } from '../ports/client-notifier.js';

/** Takes a frame to one member. */
export interface Courier {
  /** `gone`: the member is to be forgotten. */
  send(member: Membership, frame: string, deadline: number): Promise<SendOutcome>;
}
