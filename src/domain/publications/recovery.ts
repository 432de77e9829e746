import type { RecoveryFailure } from '../../../protocol/actions.js';
import type { Cursor } from '../../../protocol/cursor.js';

/** Why `cursor` cannot be continued from, judged by the room's head alone. */
export const unrecoverable = (cursor: Cursor, head: Cursor): RecoveryFailure | undefined => {
  if (cursor.epoch !== head.epoch) return 'epoch_changed';
  if (cursor.offset > head.offset) return 'ahead';
  return undefined;
};
