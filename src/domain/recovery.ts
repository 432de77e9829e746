import type { RecoveryFailure } from '../../protocol/actions.js';
import type { Cursor } from '../../protocol/cursor.js';
import type { Publication } from './publication.js';

/** Why `cursor` cannot be continued from, judged by the room's head alone. */
export const unrecoverable = (cursor: Cursor, head: Cursor): RecoveryFailure | undefined => {
  if (cursor.epoch !== head.epoch) return 'epoch_changed';
  if (cursor.offset > head.offset) return 'ahead';
  return undefined;
};

/** Whether `rows` are first, first + 1, … without a gap. */
export const isDense = (rows: readonly Publication[], first: number): boolean =>
  rows.every(({ offset }, index) => offset === first + index);
