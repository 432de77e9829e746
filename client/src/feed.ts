import type { RecoveryFailure } from '../../protocol/actions.js';
import type { Cursor } from '../../protocol/cursor.js';
import type { WaitOptions } from './requests/abortable.js';

export interface Message<T = unknown> extends Cursor {
  readonly room: string;
  readonly id: string;
  /** Who published it, as the server knows: nothing in a frame can change it. */
  readonly from: string;
  /** Milliseconds since 1970, for people to read: order is by offset alone. */
  readonly at: number;
  readonly data: T;
}

/**
 * Not everything could be had, or the numbering began anew: the next message is the one after `offset` in
 * `epoch`, and whatever lies between the last one seen and there is in `history()`, or gone.
 */
export interface ResetNotice extends Cursor {
  readonly reason: RecoveryFailure;
}

/** What is not kept: it comes once or not at all, and never after a newer one of its `from` and `tag`. */
export interface Signal {
  readonly room: string;
  /** A user, or a back end such as `$billing`. */
  readonly from: string;
  /** Of one stream of one sender: two pages of a user have two. */
  readonly tag: string;
  readonly data: unknown;
}

export interface SignalOptions {
  /** Names a stream of which only the newest counts: it is sent as soon as may be, in place of those that wait. */
  readonly latest?: string | null | undefined;
}

export interface FeedEvents<T> {
  message: [message: Message<T>];
  signal: [signal: Signal];
  reset: [notice: ResetNotice];
}

export interface HistoryOptions extends WaitOptions {
  /** Messages per page, 1 to 100. Default 50. */
  readonly limit?: number | null | undefined;
  /** Only what came before this. Default: from the newest. */
  readonly before?: Cursor | null | undefined;
}

/** What arrives without joining: each message once and in order, or a `reset` that says otherwise. */
export interface Feed<T = unknown> {
  readonly name: string;
  /** Where this listener stands, once that is known. */
  readonly cursor: Cursor | undefined;
  /** Returns the function that takes the handler off again. */
  on<K extends keyof FeedEvents<T>>(event: K, handler: (...args: FeedEvents<T>[K]) => void): () => void;
  /**
   * Newest page first, each page oldest first; ends at the oldest that is kept, or where the epoch ends in
   * which it began.
   */
  history(options?: HistoryOptions | null): AsyncGenerator<Message<T>[], void, undefined>;
}
