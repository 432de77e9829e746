import type { Cursor, RoomCursor } from './cursor.js';
import type { Refusal } from './errors.js';
import type { Item } from './item.js';
import type { Limits } from './limits.js';
import type { Stating, UserState } from './member-state.js';
import type { Room, UserId } from './names.js';

/** Every action that is answered: the fields of its frame, and of its ack. */
export interface Actions {
  broadcast: { fields: Publishing; reply: Published };
  send: { fields: { readonly to: UserId } & Publishing; reply: Published };
  publish: { fields: { readonly room: Room } & Publishing; reply: Published };
  join: {
    fields: {
      readonly room: Room;
      readonly since?: Cursor;
      readonly last?: number;
    } & Partial<Stating>;
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
  state: {
    fields: { readonly room: Room } & Stating;
    reply: { readonly room: Room; readonly digest?: number };
  };
  presence: {
    fields: { readonly room: Room; readonly after?: string; readonly verify?: boolean };
    reply: Members;
  };
  hello: { fields: { readonly protocol?: 1; readonly resume?: readonly Resumption[] }; reply: Greeting };
  ping: {
    fields: { readonly rooms?: readonly Room[]; readonly digests?: readonly RoomDigest[] };
    reply: { readonly heads: Readonly<Record<Room, Cursor>>; readonly stale?: readonly Room[] };
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

/** Orders the signals of one sender: a higher number is newer, whichever arrives first. */
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

/** The place of an accepted message in its room. */
export interface Published extends RoomCursor {
  /** A message with the same key was accepted before: this is its place. */
  readonly repeated?: true;
}

/** Why a page cannot go on from a cursor. */
export type RecoveryFailure = 'epoch_changed' | 'too_old' | 'ahead';

/** Publications of one room. `offset` is the room's newest, not the page's. */
export interface Page extends RoomCursor {
  readonly items: readonly Item[];
  /** There are more in the requested direction. */
  readonly more: boolean;
  /** `items`, with the pages that follow, are certainly everything after `since`. */
  readonly recovered: boolean;
  readonly reason?: RecoveryFailure;
  /** The cursor that the server chose for `last`: the items are the publications after it. */
  readonly start?: Cursor;
}

/** Where to go on in a room, or how many of its publications to begin with. */
export type Resumption = RoomCursor | { readonly room: Room; readonly last: number };

/** The users in a room. */
export interface Members {
  readonly room: Room;
  readonly members: readonly UserId[];
  /** Of the members that have one. */
  readonly states?: readonly UserState[];
  /** The room has more users than are listed, or the caller may not see them. */
  readonly truncated?: true;
  /** Present when more members follow: `presence` takes it as `after`. Opaque. */
  readonly next?: string;
}

/** A roster's digest, as the client computes it. */
export interface RoomDigest {
  readonly room: Room;
  readonly digest: number;
}

export interface Greeting {
  readonly connectionId: string;
  readonly userId: UserId;
  readonly limits: Limits;
  /** `*`, the caller's inbox and each requested room, each with its own answer. */
  readonly rooms: readonly Resumed[];
}

/** `digest` tells whether a roster is still as the client knows it. */
export type Resumed =
  | (Page & { readonly digest?: number })
  | { readonly room: Room; readonly error: Refusal };
