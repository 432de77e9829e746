import type { JsonText } from './json-text.js';
import type { Publication } from './publication.js';
import type { UserId } from './user-id.js';
import { writeJson } from './write-json.js';

/** A publication as frames show it, below a room and an epoch that are said once. */
export interface PublicationItem {
  offset: number;
  id: string;
  from: UserId;
  at: number;
  data: JsonText;
}

export const toItem = ({ offset, id, from, at, data }: Publication): PublicationItem => ({
  offset,
  id,
  from,
  at,
  data,
});

/** How many bytes an item takes in a frame, its comma included. */
export const bytesOf = (item: PublicationItem): number => Buffer.byteLength(writeJson(item)) + 1;

/** As many of the first as fit into `bytes`. */
export const fitting = (items: readonly PublicationItem[], bytes: number): PublicationItem[] => {
  let left = bytes;
  const tooMuch = items.findIndex((item) => {
    left -= bytesOf(item);
    return left < 0;
  });
  return tooMuch < 0 ? [...items] : items.slice(0, tooMuch);
};
