import type { Membership } from '../../domain/membership.js';
import type { SendOutcome } from '../ports/client-notifier.js';

/** Takes a frame to one member. */
export interface Courier {
  /** `gone`: forget the member. */
  send(member: Membership, frame: string, deadline: number): Promise<SendOutcome>;
}
