import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Room, UserId } from '../../../protocol/names.js';

/** The first line. Without `movedAt`, the source of the export still publishes. */
export interface Header {
  switchboard: 'rooms';
  version: 1;
  /** When the source was marked; the same in every export of it. */
  movedAt: number;
}

export interface MovedPublication {
  room: Room;
  epoch: string;
  offset: number;
  id: string;
  from: UserId;
  at: number;
  data: string;
  requestId: string;
  key?: string;
}

/** Follows the publications of its room, so that a room never appears without them. */
export interface MovedRoom {
  moved: Room;
  epoch: string;
  startedAt: number;
  /** The offset of the newest publication; 0 if there is none. */
  offset: number;
  newestAt?: number;
}

/** The last line: a file without it is cut off. */
export interface Footer {
  end: true;
  rooms: number;
  publications: number;
}

export type Line = Header | MovedPublication | MovedRoom | Footer;

export async function* readLines(path: string): AsyncGenerator<Line> {
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY });
  let number = 0;
  for await (const line of lines) {
    number += 1;
    yield parse(line, `${path} cannot be read: line ${number} is no line of an export`);
  }
}

const parse = (line: string, objection: string): Line => {
  try {
    const parsed: unknown = JSON.parse(line);
    if (typeof parsed === 'object' && parsed !== null) return parsed as Line;
  } catch {
    // The same objection.
  }
  throw new Error(objection);
};

/**
 * The header of a complete export.
 *
 * @throws Error that says why nothing may be imported from it
 */
export const checkFile = async (path: string): Promise<Header> => {
  let header: Header | undefined;
  let footer: Footer | undefined;
  let [rooms, publications] = [0, 0];
  for await (const line of readLines(path)) {
    if (footer) throw new Error(`${path} goes on after its end`);
    if ('switchboard' in line) header = line;
    else if ('moved' in line) rooms += 1;
    else if ('end' in line) footer = line;
    else publications += 1;
  }
  if (header?.switchboard !== 'rooms' || header.version !== 1)
    throw new Error(`${path} is no export of this version`);
  if (!Number.isSafeInteger(header.movedAt))
    throw new Error(`${path} is from a source that is not marked as moved: it goes on publishing`);
  if (footer?.rooms !== rooms || footer.publications !== publications)
    throw new Error(`${path} is not complete. Export again.`);
  return header;
};
