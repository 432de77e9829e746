import type { Cursor, RoomCursor } from './cursor.js';
import type { Refusal } from './errors.js';
import type { Item } from './item.js';
import type { Limits } from './limits.js';
import type { Room, UserId } from './names.js';

/** Every action that is answered: what its frame says, and what the ack answers. */
export interface Actions {
  broadcast: { fields: Publishing; reply: Published };
  send: { fields: { readonly to: UserId } & Publishing; reply: Published };
  publish: { fields: { readonly room: Room } & Publishing; reply: Published };
  join: {
    fields: { readonly room: Room; readonly since?: Cursor; readonly last?: number };
    reply: Page & Members;
  };
  leave: { fields: { readonly room: Room }; reply: { readonly room: Room } };
  history: {
    fields: {
      readonly room: Room;
      readonly since?: Cursor;
      readonly before?: Cursor;
      readonly limit?: number;
    };
    reply: Page;
  };
  presence: { fields: { readonly room: Room }; reply: Members };
  hello: { fields: { readonly protocol?: 1; readonly resume?: readonly Resumption[] }; reply: Greeting };
  ping: {
    fields: { readonly rooms?: readonly Room[] };
    reply: { readonly heads: Readonly<Record<Room, Cursor>> };
  };
  refresh: { fields: { readonly token: string }; reply: { readonly expiresAt: number } };
}

/** Actions whose frames have no reply. */
export interface UnansweredActions {
  keepalive: { fields: object };
  signal: {
    /** To a room or to a user: one of the two. */
    fields: { readonly room?: Room; readonly to?: UserId; readonly data: unknown } & SignalPlace;
  };
}

export type Action = keyof Actions;
export type UnansweredAction = keyof UnansweredActions;
export type AnyAction = Action | UnansweredAction;
export type Fields<A extends AnyAction> = (Actions & UnansweredActions)[A]['fields'];
export type Reply<A extends Action> = Actions[A]['reply'];

/** One frame of a client. */
export type ActionFrame<A extends AnyAction> = {
  readonly action: A;
  /** Echoed in the reply; only correlates. */
  readonly id?: string;
} & Fields<A>;

/** The reply to a frame that was accepted. */
export type Ack<A extends Action> = { readonly type: 'ack'; readonly id?: string } & Reply<A>;

/** Where a signal stands among those of its sender: one with a higher number is newer, whichever comes first. */
export interface SignalPlace {
  /** Random; of one stream of one sender. */
  readonly tag: string;
  readonly number: number;
}

interface Publishing {
  readonly data: unknown;
  /** Idempotency key: the same user, room and key within 24 h is the same publication. */
  readonly key?: string;
}

/** What was accepted, and where it stands in its room. */
export interface Published extends RoomCursor {
  /** The same key had been accepted before: this is where. */
  readonly repeated?: true;
}

/** Why a page cannot go on from a cursor. */
export type RecoveryFailure = 'epoch_changed' | 'too_old' | 'ahead';

/** Publications of one room. `offset` is the room's newest, not the page's. */
export interface Page extends RoomCursor {
  readonly items: readonly Item[];
  /** There are more in the direction that was asked for. */
  readonly more: boolean;
  /** `items`, with the pages that follow, are provably everything after `since`. */
  readonly recovered: boolean;
  readonly reason?: RecoveryFailure;
  /** The place that the server picked for `last`: what comes after it is the rest of the page. */
  readonly start?: Cursor;
}

/** Where to go on in a room, or how many of its publications to begin with. */
export type Resumption = RoomCursor | { readonly room: Room; readonly last: number };

/** Who is in a room. */
export interface Members {
  readonly room: Room;
  readonly members: readonly UserId[];
  /** There are more, or the caller may not know. */
  readonly truncated?: true;
}

export interface Greeting {
  readonly connectionId: string;
  readonly userId: UserId;
  readonly limits: Limits;
  /** `*`, one's inbox and each room that was asked for, answered alone. */
  readonly rooms: readonly Resumed[];
}

export type Resumed = Page | { readonly room: Room; readonly error: Refusal };
