import { EVERYONE, type Room } from '../../../../protocol/names.js';

/**
 * Every `$connect` and every `$disconnect` writes to `*`, and DynamoDB takes 1,000 writes a second in one partition. Never
 * change this number: it would move the members.
 */
export const PARTITION_COUNT = 16;

/** The single partition of `*` in earlier versions. */
export const FORMER_PARTITION = PARTITION_COUNT;

const inOne = (room: Room): string => `ROOM#${room}`;

export const partition = (room: Room, part: number | undefined): string =>
  part === undefined || part === FORMER_PARTITION
    ? inOne(room)
    : `${inOne(room)}#${String(part).padStart(2, '0')}`;

export const partitionOf = (room: Room, connectionId: string): string =>
  partition(room, room === EVERYONE ? partOf(connectionId) : undefined);

/** FNV-1a: ids that differ in one character are far apart. */
const partOf = (connectionId: string): number => {
  let hash = 2_166_136_261;
  for (const byte of Buffer.from(connectionId)) hash = Math.imul(hash ^ byte, 16_777_619);
  return ((hash ^ (hash >>> 16)) >>> 0) % PARTITION_COUNT;
};
