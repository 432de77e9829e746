import type { SendOutcome } from '../ports/client-notifier.js';
import type { MemberSource } from './member-queue.js';

/** Sends the same frames to many connections. */
export interface Pusher {
  /** Each member gets the frames in their order, up to the first that fails; from `deadline` on no turn begins. */
  toAll(members: MemberSource, frames: readonly string[], deadline: number): Promise<PushResult>;
}

/** `expired`: its token has expired, so nothing was sent. */
export type PushOutcome = SendOutcome | 'expired';

export type Tally = Record<PushOutcome, number>;

/** The outcomes of the pushes: for the log, never for the client. */
export interface Delivery {
  /** Absent when the stream's consumer pushes. */
  tally?: Tally;
  /** The stream's consumer serves every member, in addition to the pushes here. */
  queued?: true;
  /** An error in work that followed from a push, such as forgetting a dead connection. */
  deliveryError?: unknown;
}

export interface PushResult extends Delivery {
  tally: Tally;
  /** Every member was served before the deadline. */
  complete: boolean;
}
