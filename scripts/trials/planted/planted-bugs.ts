import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

/** A change that breaks a promise. */
export interface PlantedBug {
  /** The promise. */
  why: string;
  path: string;
  /** Occurs exactly once in the file. */
  find: string;
  replace: string;
  /** At least one of them has to fail. */
  tests: string[];
  /** Runs only the tests whose names contain this; for files that take minutes. */
  only?: string;
  /** Its tests run only on the server that `MYSQL_URL` names. */
  onMySql?: true;
}

const FOLDER = resolve(import.meta.dirname, '../../../test/robustness/planted');

export const plantedBugs = (): Map<string, PlantedBug> => {
  const files = readdirSync(FOLDER, { encoding: 'utf8', recursive: true }).filter((file) =>
    file.endsWith('.json'),
  );
  const bugs = files.map((file): [string, PlantedBug] => [
    basename(file, '.json'),
    JSON.parse(readFileSync(join(FOLDER, file), 'utf8')),
  ]);
  return new Map(bugs.toSorted(([a], [b]) => (a < b ? -1 : 1)));
};
