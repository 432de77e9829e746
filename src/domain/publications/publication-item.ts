import type { Item } from '../../../protocol/item.js';
import { writeJson } from '../json/write-json.js';
import type { Publication } from './publication.js';

export const toItem = ({ offset, id, from, at, data }: Publication): Item => ({
  offset,
  id,
  from,
  at,
  data,
});

/** How many bytes an item takes in a frame, its comma included. */
export const bytesOf = (item: Item): number => Buffer.byteLength(writeJson(item)) + 1;
