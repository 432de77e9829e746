import type { Cursor } from '../../protocol/cursor.js';
import type { Feed, FeedEvents, SignalOptions } from './feed.js';
import type { Published } from './published.js';
import type { WaitOptions } from './requests/abortable.js';
import type { SwitchboardError } from './switchboard-error.js';

/** A user in a room, on however many devices. */
export interface Member {
  readonly user: string;
  /** What they say of themselves; `null` where they say nothing. */
  readonly state: unknown;
  /** How often the state was set; 0 where it never was. */
  readonly counter: number;
}

/** Hints: they may come twice, late, or not at all while away. */
export interface Presence {
  readonly joined: readonly string[];
  readonly left: readonly string[];
}

export interface RoomEvents<T> extends FeedEvents<T> {
  presence: [presence: Presence];
  /** `room.members` is another list now. */
  members: [members: readonly Member[]];
  /** The server no longer lets us in: the room is left. */
  error: [error: SwitchboardError];
}

export interface Joined extends Cursor {
  /** At most 100 user ids: those that fit beside their states. */
  readonly members: readonly string[];
  /** There are more than 100 members, or we may not know them: none comes or goes in `room.members`. */
  readonly truncated: boolean;
}

export interface JoinOptions extends WaitOptions {
  /** Go on after this place instead of beginning with what comes next. */
  readonly since?: Cursor | null | undefined;
  /** Begin with the last 1 to 100 messages: past and new ones arrive in one order. Not with `since`. */
  readonly last?: number | null | undefined;
  /** What to say of ourselves, as with `setState`. */
  readonly state?: unknown;
}

export interface PresenceOptions extends WaitOptions {
  /** Has the server ask first which connections are gone: it does so for a few, once in ten seconds. */
  readonly verify?: boolean | null | undefined;
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
  /** Who is here, with what they say of themselves, kept up to date in rooms of up to 100 users. A new list for each change. */
  readonly members: readonly Member[];
  /** Asks the server who is here now, at most the first 100. Members only. */
  presence(options?: PresenceOptions | null): Promise<readonly Member[]>;
  /**
   * What to say of ourselves to the other members: JSON of at most 256 bytes, `null` for nothing. It lasts until the room is
   * left, whatever happens to connections; of several devices the one counts that set it last.
   */
  setState(state: unknown, options?: WaitOptions | null): Promise<void>;
  /** Resolves when the message is durable, with the place it got. Members only; a join in the same task is soon enough. */
  publish(data: T, options?: PublishOptions | null): Promise<Published>;
  /**
   * Reaches the members who are here now, and is not kept. Members only. It is lost without a connection, and, unless it is the `latest`,
   * beyond half of the frames that a connection may send.
   */
  signal(data: unknown, options?: SignalOptions | null): void;
}
