import type { Fields, Published, SignalPlace } from './actions.js';
import type { Refusal } from './errors.js';
import type { Sender } from './names.js';

/** What a back end can do without a connection. */
interface BackEndFields {
  broadcast: Fields<'broadcast'>;
  send: Fields<'send'>;
  publish: Fields<'publish'>;
  /** Without `tag` and `number`, it is neither older nor newer than any other. */
  signal: Omit<Fields<'signal'>, keyof SignalPlace> & Partial<SignalPlace>;
}

export type BackEndAction = keyof BackEndFields;

/** What it hands to the function `publish`: one, or a list of at most `BACK_END_MESSAGES`. */
export type BackEndMessage<A extends BackEndAction> = {
  readonly action: A;
  /** Its own name, such as `$billing`. */
  readonly from: Sender;
} & BackEndFields[A];

export const BACK_END_MESSAGES = 100;

/** The answer to one message; of a signal, the counts alone. */
export type BackEndResult = (Published & BackEndDelivery) | PushCounts | { readonly error: Refusal };

/**
 * Counts where the invocation pushed itself. `queued`: the stream's consumer pushes. `failed`: neither did; the message is in
 * the log, and clients find it by its offset.
 */
export type BackEndDelivery = PushCounts | { readonly delivery: 'queued' | 'failed' };

/** Of connections. */
export interface PushCounts {
  readonly attempted: number;
  readonly delivered: number;
  readonly gone: number;
}
