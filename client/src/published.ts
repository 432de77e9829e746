import type { RoomCursor } from '../../protocol/cursor.js';

/** What was accepted, and where it stands in its room. */
export interface Published extends RoomCursor {
  /** The same key had been accepted before: this is where. */
  readonly repeated: boolean;
}
