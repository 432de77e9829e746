import type { SignalPlace } from './actions.js';
import type { ErrorCode } from './errors.js';
import type { Item } from './item.js';
import type { AnnouncedState } from './member-state.js';
import type { Room, Sender, UserId } from './names.js';

/** Frames that the server sends unasked, by `type`. Acks and errors are the replies to frames. */
export interface Pushes {
  message: { readonly room: Room; readonly epoch: string } & Item;
  messages: { readonly room: Room; readonly epoch: string; readonly items: readonly Item[] };
  presence: {
    readonly room: Room;
    readonly joined: readonly UserId[];
    readonly left: readonly UserId[];
    readonly states?: readonly AnnouncedState[];
    /** The digest of the roster that the server has just read: see `rosterDigest`. */
    readonly digest: number;
    /** This notice may not show every change: ask for the roster once, after this time. */
    readonly askAfterMs?: number;
  };
  /** Not kept: it comes once, or not at all. */
  signal: { readonly room: Room; readonly from: Sender; readonly data: unknown } & SignalPlace;
  expiring: { readonly expiresAt: number };
  disconnect: { readonly code: ErrorCode; readonly message: string; readonly reconnect: boolean };
}

export type Push = { [Type in keyof Pushes]: { readonly type: Type } & Pushes[Type] }[keyof Pushes];
