import type { RecoveryFailure } from '../../../protocol/actions.js';
import type { Cursor } from '../../../protocol/cursor.js';

/** Why a client cannot continue from `cursor`, as far as the room's head shows. */
export const unrecoverable = (cursor: Cursor, head: Cursor): RecoveryFailure | undefined => {
  if (cursor.epoch !== head.epoch) return 'epoch_changed';
  if (cursor.offset > head.offset) return 'ahead';
  return undefined;
};
