import type { RoomCursor } from '../../protocol/cursor.js';

/** The place of an accepted message in its room. */
export interface Published extends RoomCursor {
  /** A message with the same key was accepted before: this is its place. */
  readonly repeated: boolean;
}
