import type { Fields, Published } from './actions.js';
import type { Refusal } from './errors.js';
import type { Sender } from './names.js';

/** What a back end can do without a connection. */
export type BackEndAction = 'broadcast' | 'send' | 'publish';

/** What it hands to the function `publish`: one, or a list of at most `BACK_END_MESSAGES`. */
export type BackEndMessage<A extends BackEndAction> = {
  readonly action: A;
  /** Its own name, such as `$billing`. */
  readonly from: Sender;
} & Fields<A>;

export const BACK_END_MESSAGES = 100;

/** The answer to one message. */
export type BackEndResult = (Published & BackEndDelivery) | { readonly error: Refusal };

/**
 * Counts of connections where the invocation pushed itself. `queued`: the stream's consumer pushes. `failed`: neither did;
 * the message is in the log, and clients find it by its offset.
 */
export type BackEndDelivery =
  | { readonly attempted: number; readonly delivered: number; readonly gone: number }
  | { readonly delivery: 'queued' | 'failed' };
