import type { Room } from './names.js';

/** A place in a room's log. `offset` 0 is the place before the first publication. */
export interface Cursor {
  /** Changes when the numbering had to start anew. */
  readonly epoch: string;
  readonly offset: number;
}

export interface RoomCursor extends Cursor {
  readonly room: Room;
}

export const EPOCH = /^[0-9A-Za-z-]{1,32}$/;
export const EPOCH_LENGTH = 32;
