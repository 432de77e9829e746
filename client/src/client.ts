/// <reference lib="esnext.disposable" preserve="true" />
import type { Cursor } from '../../protocol/cursor.js';
import type { Feed, SignalOptions } from './feed.js';
import type { AnyActions, OwnActions, RequestOptions } from './own-actions.js';
import type { Published } from './published.js';
import type { WaitOptions } from './requests/abortable.js';
import type { PublishOptions, Room } from './room.js';
import type { State } from './state.js';
import type { Status } from './status.js';
import type { SwitchboardError } from './switchboard-error.js';

export interface ClientEvents {
  /**
   * The state has changed, or its reason, or the time of the next attempt. `error` comes with `closed`, unless `close()`
   * ended the client; `status.reason` has the reason in every state.
   */
  state: [state: State, error: SwitchboardError | undefined, status: Status];
  /** The server pushed a frame of a type that this library does not know: one of your own. */
  push: [push: OwnPush];
}

export interface OwnPush {
  readonly type: string;
  readonly [field: string]: unknown;
}

export interface Client<Own extends OwnActions<Own> = AnyActions, Direct = unknown, Announcement = unknown> {
  readonly state: State;
  /** The state with its reason, the attempt and the time of the next one. */
  readonly status: Status;
  /** Why the client has ended, unless `close()` ended it. */
  readonly error: SwitchboardError | undefined;
  /** The user id: the one in the options, or, once we have been `live`, the one that the server gave us. */
  readonly userId: string | undefined;
  /** Messages that others `send` to this user, the same on all devices. */
  readonly inbox: Feed<Direct>;
  /** Messages that users send with `broadcast`. */
  readonly everyone: Feed<Announcement>;
  /** The same object for each call. Nothing happens in a room before `join()`. */
  room<T = unknown>(name: string): Room<T>;
  /** Resolves when the message is durable, whether or not `to` is connected. */
  send(to: string, data: Direct, options?: PublishOptions | null): Promise<Published>;
  /** Like `room.signal()`, to all devices of one user. */
  signal(to: string, data: unknown, options?: SignalOptions | null): void;
  broadcast(data: Announcement, options?: PublishOptions | null): Promise<Published>;
  /**
   * Calls an action that you added to the server. It is sent once, unless the options allow repeats: if the answer is lost,
   * the call rejects with `retryable: true`.
   */
  request<A extends keyof Own & string>(
    action: A,
    fields: Own[A]['fields'],
    options?: RequestOptions | null,
  ): Promise<Own[A]['reply']>;
  /** The positions in every joined room, the inbox and `*`, for the option `cursors`. */
  cursors(): Record<string, Cursor>;
  /** The current state comes as the first event, in a microtask. */
  on<K extends keyof ClientEvents>(event: K, handler: (...args: ClientEvents[K]) => void): () => void;
  /** Resolves as soon as there is a connection. It rejects if the client is closed. */
  ready(options?: WaitOptions | null): Promise<void>;
  /** Tries at once instead of waiting for the next attempt, also after `disconnect()`. Otherwise it changes nothing. */
  connect(): void;
  /** Closes the connection and opens none until `connect()`: rooms stay joined, and calls wait. */
  disconnect(options?: WaitOptions | null): Promise<void>;
  /** Ends the client for good. Pending calls reject with `closed`. */
  close(options?: WaitOptions | null): Promise<void>;
  /** `close()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}
