import type { RecoveryFailure } from '../../protocol/actions.js';
import type { Cursor } from '../../protocol/cursor.js';
import type { WaitOptions } from './requests/abortable.js';

export interface Message<T = unknown> extends Cursor {
  readonly room: string;
  readonly id: string;
  /** The user who published it, by the server's knowledge: no frame can change it. */
  readonly from: string;
  /** Milliseconds since 1970, for people to read: only the offset decides the order. */
  readonly at: number;
  readonly data: T;
}

/**
 * Messages are missing, or the numbering began anew: the next message is the one after `offset` in
 * `epoch`. The messages between the last one seen and that place are in `history()`, or gone.
 */
export interface ResetNotice extends Cursor {
  readonly reason: RecoveryFailure;
}

/** A signal is not kept: it comes once or not at all, and never after a newer one with the same `from` and `tag`. */
export interface Signal {
  readonly room: string;
  /** A user, or a back end such as `$billing`. */
  readonly from: string;
  /** Identifies a stream of one sender: two pages of a user have different tags. */
  readonly tag: string;
  readonly data: unknown;
}

export interface SignalOptions {
  /** Names a stream of which only the newest signal counts: it replaces a waiting one, and is sent when the limit allows. */
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
  /** Only messages before this place. Default: from the newest. */
  readonly before?: Cursor | null | undefined;
}

/** A source of messages: each arrives once and in order, or a `reset` says that some are missing. */
export interface Feed<T = unknown> {
  readonly name: string;
  /** The position of this listener, once it is known. */
  readonly cursor: Cursor | undefined;
  /** Returns a function that removes the handler. */
  on<K extends keyof FeedEvents<T>>(event: K, handler: (...args: FeedEvents<T>[K]) => void): () => void;
  /**
   * Newest page first, each page oldest first. It ends at the oldest message that is kept, or at the beginning of the epoch
   * in which it started.
   */
  history(options?: HistoryOptions | null): AsyncGenerator<Message<T>[], void, undefined>;
}
