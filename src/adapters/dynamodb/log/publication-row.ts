import type { Room } from '../../../../protocol/names.js';
import type { Draft } from '../../../application/ports/publication-log.js';
import { JsonText } from '../../../domain/json/json-text.js';
import type { Publication } from '../../../domain/publications/publication.js';
import { slotKey } from '../keys.js';
import { expiry } from '../table/expiry.js';
import type { Key, Row } from '../table/table.js';

/** The event source mapping selects rows with this attribute; a new value makes a new stream record. */
export const FAN_OUT_ATTRIBUTE = 'fanOut';

export interface Slot {
  room: Room;
  epoch: string;
  offset: number;
}

/**
 * `data` is a JSON string: as a DynamoDB map, `{"constructor": …}`, 1e300 and deep nesting make the marshaller throw, and
 * numbers change.
 */
export const toPublicationRow = (
  { room, epoch, offset }: Slot,
  { from, data, key, requestId }: Draft,
  {
    id,
    at,
    expiresAt,
    handOver,
  }: { id: string; at: number; expiresAt: number; handOver?: boolean | undefined },
): Row => ({
  ...slotKey(room, epoch, offset),
  id,
  from,
  at,
  data: data.text,
  requestId,
  ...expiry(expiresAt),
  ...(key !== undefined && { key }),
  ...(handOver && { [FAN_OUT_ATTRIBUTE]: id }),
});

/** Ends an epoch: a later append in this epoch finds the slot taken. */
export const toSealRow = ({ room, epoch, offset }: Slot, expiresAt: number): Row => ({
  ...slotKey(room, epoch, offset),
  seal: true,
  ...expiry(expiresAt),
});

/** Ends a log that has moved to another store: it never expires, so the room never takes another publication. */
export const toLastSealRow = ({ room, epoch, offset }: Slot): Row => ({
  ...slotKey(room, epoch, offset),
  seal: true,
  moved: true,
});

export const isLastSeal = (row: Row): boolean => row.moved === true;

export const isSeal = (row: Row): boolean => row.seal === true;

export const slotOf = ({ pk, sk }: Key): Slot => {
  // `split` looks its parts up in the engine's table of strings: for a page of history that costs more than reading the page.
  const end = sk.indexOf('#');
  const offset = end < 0 ? Number.NaN : Number(sk.slice(end + 1));
  return { room: pk.slice('LOG#'.length), epoch: end < 0 ? sk : sk.slice(0, end), offset };
};

/** @throws when the row is no publication's */
export const toPublication = (row: Row): Publication => {
  const { id, from, at, data, requestId } = row;
  const { room, epoch, offset } = slotOf(row);
  if (
    !row.pk.startsWith('LOG#') ||
    !Number.isSafeInteger(offset) ||
    typeof id !== 'string' ||
    typeof from !== 'string' ||
    typeof at !== 'number' ||
    typeof data !== 'string'
  )
    throw new Error(`This row is not a publication: ${row.pk} ${row.sk}`);
  const text = JsonText.stored(data);
  return { room, epoch, offset, id, from, at, data: text, requestId: String(requestId) };
};
