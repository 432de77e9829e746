import type { Header, Line, MovedPublication, MovedRoom } from './move-file.js';

/** The source of an export. Once it is marked, nothing can be published there again. */
export interface Source {
  /** Stops publishing for good. Resolves when no append is under way, to the time when it was first marked. */
  mark(): Promise<number>;
  /** For each room its publications, then the room. */
  rooms(): AsyncIterable<MovedPublication | MovedRoom>;
}

/** Every line of an export's file. It may be repeated: the source stays marked. */
export async function* exportLines(source: Source): AsyncGenerator<Line> {
  const header: Header = { switchboard: 'rooms', version: 1, movedAt: await source.mark() };
  yield header;
  const counted = { rooms: 0, publications: 0 };
  for await (const line of source.rooms()) {
    counted['moved' in line ? 'rooms' : 'publications'] += 1;
    yield line;
  }
  yield { end: true, ...counted };
}
