import type { UserId } from './names.js';

/** What a member says of themselves in a room. */
export interface Stating {
  /** JSON of at most `STATE_BYTES`; `null` is none. */
  readonly state: unknown;
  /** One above the highest that the roster has shown for the user: the highest is the newest. */
  readonly counter: number;
}

export interface UserState extends Stating {
  readonly user: UserId;
}

export interface AnnouncedState extends UserState {
  /** The device that said something with this counter has left: this is what another one said, with a lower counter. */
  readonly replaces?: number;
}

/** Where a roster goes on: opaque, and no name. */
export const ROSTER_PLACE = /^[!-~]{1,128}$/;
