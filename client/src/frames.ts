import type { ErrorCode } from './error-code.js';

/** A place in a room's log: everything up to and including `offset` has been seen. */
export interface Cursor {
  readonly epoch: string;
  readonly offset: number;
}

export interface Publication {
  readonly offset: number;
  readonly id: string;
  readonly from: string;
  readonly at: number;
  readonly data: unknown;
}

export type ResetReason = 'epoch_changed' | 'too_old' | 'ahead';

/** What `join`, `history` and each room of `hello` answer. */
export interface Page extends Cursor {
  readonly room: string;
  readonly items: readonly Publication[];
  readonly more: boolean;
  readonly recovered: boolean;
  readonly reason?: ResetReason;
}

export interface Refusal {
  readonly code: ErrorCode;
  readonly message: string;
  readonly retryable?: boolean;
  readonly retryAfterMs?: number;
  readonly requestId?: string;
}

export interface Resumption extends Cursor {
  readonly room: string;
}

export interface Hello {
  readonly connectionId: string;
  readonly userId: string;
  readonly rooms: readonly (
    | Page
    | { readonly room: string; readonly error: { readonly code: ErrorCode; readonly message: string } }
  )[];
}

/** What was accepted, and where it stands in its room. */
export interface Published extends Cursor {
  readonly room: string;
  /** The same key had been accepted before: this is where. */
  readonly repeated?: boolean;
}

/** The reply to each action. */
export interface Replies {
  broadcast: Published;
  send: Published;
  publish: Published;
  join: Page & { readonly members: readonly string[]; readonly truncated?: boolean };
  leave: { readonly room: string };
  history: Page;
  presence: { readonly members: readonly string[]; readonly truncated?: boolean };
  hello: Hello;
  ping: { readonly heads?: Readonly<Record<string, Cursor>> };
  refresh: { readonly expiresAt: number };
}

export type Action = keyof Replies;

export type Push =
  | ({ readonly type: 'message'; readonly room: string; readonly epoch: string } & Publication)
  | {
      readonly type: 'messages';
      readonly room: string;
      readonly epoch: string;
      readonly items: readonly Publication[];
    }
  | {
      readonly type: 'presence';
      readonly room: string;
      readonly joined: readonly string[];
      readonly left: readonly string[];
    }
  | { readonly type: 'expiring'; readonly expiresAt: number }
  | ({ readonly type: 'disconnect'; readonly reconnect: boolean } & Refusal);

export type ServerFrame =
  | { readonly type: 'ack'; readonly id?: string }
  | ({ readonly type: 'error'; readonly id: string | null } & Refusal)
  | Push;
