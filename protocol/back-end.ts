import type { Fields, Published, SignalPlace } from './actions.js';
import type { Refusal } from './errors.js';
import type { Sender } from './names.js';

/** Actions of a back end, which has no connection. */
interface BackEndFields {
  broadcast: Fields<'broadcast'>;
  send: Fields<'send'>;
  publish: Fields<'publish'>;
  /** Without `tag` and `number`, clients show it in any case: it is neither older nor newer than another. */
  signal: Omit<Fields<'signal'>, keyof SignalPlace> & Partial<SignalPlace>;
}

export type BackEndAction = keyof BackEndFields;

/** The payload for the function `publish`: one message, or a list of at most `BACK_END_MESSAGES`. */
export type BackEndMessage<A extends BackEndAction> = {
  readonly action: A;
  /** Its own name, such as `$billing`. */
  readonly from: Sender;
} & BackEndFields[A];

export const BACK_END_MESSAGES = 100;

/** The answer to one message; for a signal, only the counts. */
export type BackEndResult = (Published & BackEndDelivery) | PushCounts | { readonly error: Refusal };

/**
 * Counts, if the invocation pushed. `queued`: the stream's consumer pushes. `failed`: nothing was pushed; the message is in
 * the log, and clients find it by its offset.
 */
export type BackEndDelivery = PushCounts | { readonly delivery: 'queued' | 'failed' };

/** Of connections. */
export interface PushCounts {
  readonly attempted: number;
  readonly delivered: number;
  readonly gone: number;
}
