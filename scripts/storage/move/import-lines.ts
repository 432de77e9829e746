import { checkFile, type MovedPublication, type MovedRoom, readLines } from './move-file.js';

/** Where an import writes. Writing the same again changes nothing, so it may be repeated after it was stopped. */
export interface Target {
  /**
   * Begins the import of the source that was marked then, or goes on with it. Until its end, nothing is published there for
   * the first time: an import would replace it.
   *
   * @throws Error when it has rooms of its own, or of another import, or has moved itself, or this one is done
   */
  begin(movedAt: number): Promise<void>;
  publications(publications: readonly MovedPublication[]): Promise<void>;
  room(room: MovedRoom): Promise<void>;
  end(): Promise<void>;
}

export interface Imported {
  rooms: number;
  publications: number;
}

const BATCH_SIZE = 100;

/** Writes an export to the target. Writes nothing if the file is incomplete, or if its source still publishes. */
export const importLines = async (
  path: string,
  target: Target,
  progress: (imported: Imported) => void = () => undefined,
): Promise<Imported> => {
  const { movedAt } = await checkFile(path);
  await target.begin(movedAt);
  const imported = { rooms: 0, publications: 0 };
  let batch: MovedPublication[] = [];
  const flush = async () => {
    if (batch.length > 0) await target.publications(batch);
    imported.publications += batch.length;
    batch = [];
    progress(imported);
  };
  for await (const line of readLines(path)) {
    if ('moved' in line) {
      await flush();
      await target.room(line);
      imported.rooms += 1;
    } else if ('at' in line && batch.push(line) === BATCH_SIZE) await flush();
  }
  await target.end();
  return imported;
};

export const NOT_EMPTY = 'It has rooms of its own. Import into an empty one.';
export const MOVED = 'It has moved to another store. Import into an empty one.';
export const OTHER_IMPORT = 'It holds another import. Import into an empty one.';
export const DONE = 'This import is done.';
