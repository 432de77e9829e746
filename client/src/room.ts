import type { Cursor } from '../../protocol/cursor.js';
import type { Feed, FeedEvents } from './feed.js';
import type { Published } from './published.js';
import type { WaitOptions } from './requests/abortable.js';
import type { SwitchboardError } from './switchboard-error.js';

/** Hints: they may come twice, late, or not at all while away. `members()` is the truth. */
export interface Presence {
  readonly joined: readonly string[];
  readonly left: readonly string[];
}

export interface RoomEvents<T> extends FeedEvents<T> {
  presence: [presence: Presence];
  /** The server no longer lets us in: the room is left. */
  error: [error: SwitchboardError];
}

export interface Joined extends Cursor {
  /** At most 100 user ids. */
  readonly members: readonly string[];
  /** There are more members than these. */
  readonly truncated: boolean;
}

export interface JoinOptions extends WaitOptions {
  /** Go on after this place instead of beginning with what comes next. */
  readonly since?: Cursor | null | undefined;
  /** Begin so many messages before what comes next, 1 to 100: what was and what comes, in one order. Not with `since`. */
  readonly last?: number | null | undefined;
}

export interface PublishOptions extends WaitOptions {
  /** Idempotency key: the same one means the same message. Default: a random one for each call. */
  readonly key?: string | null | undefined;
}

export interface Room<T = unknown> extends Omit<Feed<T>, 'on'> {
  on<K extends keyof RoomEvents<T>>(event: K, handler: (...args: RoomEvents<T>[K]) => void): () => void;
  /** Membership lasts until as many `leave()` as there were joins, whatever happens to connections. */
  join(options?: JoinOptions | null): Promise<Joined>;
  leave(options?: WaitOptions | null): Promise<void>;
  /** The user ids of who is here now, at most 100. Members only. */
  members(options?: WaitOptions | null): Promise<readonly string[]>;
  /** Resolves when the message is durable, with the place it got. Members only; a join in the same task is soon enough. */
  publish(data: T, options?: PublishOptions | null): Promise<Published>;
}
