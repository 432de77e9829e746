import type { Membership } from '../../domain/membership.js';
import type { SendOutcome } from '../ports/client-notifier.js';

/** Takes frames to one member. */
export interface Courier {
  /** In their order, up to the first that fails, whose outcome it is. `gone`: forget the member. */
  send(member: Membership, frames: readonly string[], deadline: number): Promise<SendOutcome>;
}
