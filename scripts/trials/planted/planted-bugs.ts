import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A change that breaks a promise. */
export interface PlantedBug {
  /** The promise. */
  why: string;
  path: string;
  /** Is there exactly once. */
  find: string;
  replace: string;
  /** At least one of them has to fail. */
  tests: string[];
  /** Of whose tests only those run whose names have this: where a file takes minutes. */
  only?: string;
  /** Its tests run only on the server that `MYSQL_URL` names. */
  onMySql?: true;
}

const FOLDER = resolve(import.meta.dirname, '../../../test/robustness/planted');

export const plantedBugs = (): Map<string, PlantedBug> => {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
  return new Map(
    files
      .sort()
      .map((file) => [file.replace('.json', ''), JSON.parse(readFileSync(join(FOLDER, file), 'utf8'))]),
  );
};
