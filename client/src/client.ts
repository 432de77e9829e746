/// <reference lib="esnext.disposable" preserve="true" />
import type { Cursor } from '../../protocol/cursor.js';
import type { Feed } from './feed.js';
import type { AnyActions, OwnActions, RequestOptions } from './own-actions.js';
import type { Published } from './published.js';
import type { WaitOptions } from './requests/abortable.js';
import type { PublishOptions, Room } from './room.js';
import type { State } from './state.js';
import type { Status } from './status.js';
import type { SwitchboardError } from './switchboard-error.js';

export interface ClientEvents {
  /**
   * The state, or why it is so, or when the next attempt begins, has changed. `error` comes with `closed` when it
   * was not `close()` that ended it; `status.reason` tells the reason in every state.
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
  /** Why it is over, if it was not `close()`. */
  readonly error: SwitchboardError | undefined;
  /** Who the server says we are: known from the first time we are `live`, or as given. */
  readonly userId: string | undefined;
  /** What others `send` to us, on whichever device. */
  readonly inbox: Feed<Direct>;
  /** What is said to all by `broadcast`. */
  readonly everyone: Feed<Announcement>;
  /** The same room each time it is asked for. Nothing happens there before `join()`. */
  room<T = unknown>(name: string): Room<T>;
  /** Resolves when the message is durable, whether or not `to` is here to see it. */
  send(to: string, data: Direct, options?: PublishOptions | null): Promise<Published>;
  broadcast(data: Announcement, options?: PublishOptions | null): Promise<Published>;
  /**
   * One of the server's own actions. It is sent once, unless the options say more: where the answer is lost, the call
   * rejects with `retryable: true`.
   */
  request<A extends keyof Own & string>(
    action: A,
    fields: Own[A]['fields'],
    options?: RequestOptions | null,
  ): Promise<Own[A]['reply']>;
  /** Where every joined room, the inbox and `*` stand: the option `cursors` takes this back. */
  cursors(): Record<string, Cursor>;
  /** The present state comes as the first event, in a microtask. */
  on<K extends keyof ClientEvents>(event: K, handler: (...args: ClientEvents[K]) => void): () => void;
  /** Resolves as soon as there is a connection. It rejects if the client is closed. */
  ready(options?: WaitOptions | null): Promise<void>;
  /** Tries at once instead of waiting for the next attempt, also after `disconnect()`. Otherwise it changes nothing. */
  connect(): void;
  /** No connection until `connect()`, whatever happens: rooms stay joined, and calls wait. */
  disconnect(): Promise<void>;
  /** For good. What is still pending rejects with `closed`. */
  close(): Promise<void>;
  /** `close()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}
