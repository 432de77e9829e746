import type { Item } from '../../../protocol/item.js';
import type { Room } from '../../../protocol/names.js';
import { bytesOf, toItem } from '../../domain/publications/publication-item.js';
import type { PublicationLog } from '../ports/publication-log.js';
import type { FrameSpace } from './frame-space.js';

/** Rows of the first read, when their size is unknown, and of any read: 16 of the largest are 260 KB. */
const FIRST_ROWS = 3;
const MOST_ROWS = 16;

/** Offsets to read one after the other, upwards or downwards. */
export interface OffsetRange {
  room: Room;
  epoch: string;
  from: number;
  to: number;
}

export interface OffsetsRead {
  /** In the order in which they were read. */
  items: Item[];
  /**
   * - `end`: all offsets were read
   * - `gap`: the next row does not exist
   * - `full`: the next row exists, but is beyond `limit`, or does not fit
   */
  ended: 'end' | 'gap' | 'full';
}

/** Reads until the reply is full, a few rows at a time: as many as would fit if they were as large as the rows so far. */
export const readOffsets = async (
  log: PublicationLog,
  { room, epoch, from, to }: OffsetRange,
  limit: number,
  space: FrameSpace,
): Promise<OffsetsRead> => {
  const items: Item[] = [];
  const step = from <= to ? 1 : -1;
  const most = Math.min(Math.abs(to - from), limit) + 1;
  const before = space.left;
  for (let read = 0; read < most; ) {
    const rows = Math.min(
      most - read,
      space.isFull ? 1 : likelyToFit(items.length, before - space.left, space),
    );
    const near = from + step * read;
    const far = near + step * (rows - 1);
    const found = await log.range(room, epoch, Math.min(near, far), Math.max(near, far), space.signal);
    for (const publication of step > 0 ? found : found.toReversed()) {
      if (publication.offset !== from + step * read) return { items, ended: 'gap' };
      const item = toItem(publication);
      if (items.length === limit || !space.take(bytesOf(item))) return { items, ended: 'full' };
      items.push(item);
      read += 1;
    }
    if (found.length < rows) return { items, ended: 'gap' };
  }
  return { items, ended: 'end' };
};

const likelyToFit = (items: number, bytes: number, { left }: FrameSpace): number =>
  items === 0 ? FIRST_ROWS : Math.min(MOST_ROWS, Math.max(1, Math.floor((left * items) / bytes)));
