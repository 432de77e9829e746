import type { UserId } from './names.js';

/** The state that a member shows to the others in a room. */
export interface Stating {
  /** JSON of at most `STATE_BYTES`; `null` is none. */
  readonly state: unknown;
  /** One above the highest counter that the roster has shown for the user: the highest is the newest. */
  readonly counter: number;
}

export interface UserState extends Stating {
  readonly user: UserId;
}

export interface AnnouncedState extends UserState {
  /** The counter of a device that has left: this entry is the state of another device, with a lower counter. */
  readonly replaces?: number;
}

/** The place where a roster continues: opaque, and not a name. */
export const ROSTER_PLACE = /^[!-~]{1,128}$/;
