import type { Cursor } from '../../protocol/cursor.js';
import type { Feed, FeedEvents, SignalOptions } from './feed.js';
import type { Published } from './published.js';
import type { WaitOptions } from './requests/abortable.js';
import type { SwitchboardError } from './switchboard-error.js';

/** A user in a room, on any number of devices. */
export interface Member {
  readonly user: string;
  /** Their state; `null` if they have none. */
  readonly state: unknown;
  /** Grows each time the state is set; 0 if it never was. */
  readonly counter: number;
}

/** Hints: they may come twice, late, or not at all while away. */
export interface Presence {
  readonly joined: readonly string[];
  readonly left: readonly string[];
}

export interface RoomEvents<T> extends FeedEvents<T> {
  presence: [presence: Presence];
  /** `room.members` has changed. */
  members: [members: readonly Member[]];
  /** The server no longer lets this client in: it has left the room. */
  error: [error: SwitchboardError];
}

export interface Joined extends Cursor {
  /** At most 100 user ids: as many as fit with their states. */
  readonly members: readonly string[];
  /** There are more than 100 members, or this user may not see them: `room.members` does not change. */
  readonly truncated: boolean;
}

export interface JoinOptions extends WaitOptions {
  /** Continue after this place. Default: begin with the next message. */
  readonly since?: Cursor | null | undefined;
  /** Begin with the last 1 to 100 messages: old and new ones arrive in one order. Not together with `since`. */
  readonly last?: number | null | undefined;
  /** A state for this user, as with `setState`. */
  readonly state?: unknown;
}

export interface PresenceOptions extends WaitOptions {
  /** Makes the server first check which connections are gone: it checks a few, once in ten seconds. */
  readonly verify?: boolean | null | undefined;
}

export interface PublishOptions extends WaitOptions {
  /** Idempotency key: the same one means the same message. Default: a random one for each call. */
  readonly key?: string | null | undefined;
}

export interface Room<T = unknown> extends Omit<Feed<T>, 'on'> {
  on<K extends keyof RoomEvents<T>>(event: K, handler: (...args: RoomEvents<T>[K]) => void): () => void;
  /** Membership lasts until there were as many calls of `leave()` as of `join()`, and survives lost connections. */
  join(options?: JoinOptions | null): Promise<Joined>;
  leave(options?: WaitOptions | null): Promise<void>;
  /** The users who are here, with their states; up to date in rooms of up to 100 users. Each change makes a new list. */
  readonly members: readonly Member[];
  /** Asks the server who is here now, at most the first 100. Members only. */
  presence(options?: PresenceOptions | null): Promise<readonly Member[]>;
  /**
   * Shows a state of this user to the other members: JSON of at most 256 bytes, `null` for none. It lasts until the user
   * leaves the room, and survives lost connections. If a user has several devices, the state that was set last counts.
   */
  setState(state: unknown, options?: WaitOptions | null): Promise<void>;
  /** Resolves when the message is durable, with its place. Members only; `join()` may follow in the same task. */
  publish(data: T, options?: PublishOptions | null): Promise<Published>;
  /**
   * Reaches the members who are here now, and is not kept. Members only. It is lost without a connection. Signals may use
   * half of the frames of a connection; beyond that, they are lost too, unless they have `latest`.
   */
  signal(data: unknown, options?: SignalOptions | null): void;
}
