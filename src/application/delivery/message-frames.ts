import type { Item } from '../../../protocol/item.js';
import type { Room } from '../../../protocol/names.js';
import { encode } from '../../domain/json/encode.js';
import { itemSpaceInPush } from '../../domain/publications/item-space.js';
import type { Publication } from '../../domain/publications/publication.js';
import { bytesOf, toItem } from '../../domain/publications/publication-item.js';

/** Publications of one room in as few `messages` frames as possible: in order, each once. */
export const messageFrames = (room: Room, publications: readonly Publication[]): string[] => {
  const frames: { epoch: string; items: Item[] }[] = [];
  let left = 0;
  for (const publication of inOrder(publications)) {
    const { epoch } = publication;
    const item = toItem(publication);
    const frame = frames.at(-1);
    left -= bytesOf(item);
    if (frame?.epoch === epoch && left >= 0) frame.items.push(item);
    else {
      frames.push({ epoch, items: [item] });
      left = itemSpaceInPush({ type: 'messages', room, epoch, items: [] }) - bytesOf(item);
    }
  }
  return frames.map(({ epoch, items }) => encode({ type: 'messages', room, epoch, items }));
};

/** A publication that was handed over again is in the batch again. */
const inOrder = (publications: readonly Publication[]): Publication[] => {
  const sorted = publications.toSorted(byPlace);
  return sorted.filter((publication, index) => {
    const before = sorted[index - 1];
    return !before || byPlace(before, publication) !== 0;
  });
};

const byPlace = (a: Publication, b: Publication): number => {
  if (a.epoch !== b.epoch) return a.epoch < b.epoch ? -1 : 1;
  return a.offset - b.offset;
};
