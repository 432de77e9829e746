import { accessSync, constants, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** Files of LevelDB, and files that may be in an otherwise empty folder. */
const OURS =
  /^(CURRENT|LOCK|LOG|LOG\.old|MANIFEST-\d+|\d+\.(ldb|sst|log|dbtmp)|lost|lost\+found|\.gitignore|\.gitkeep|\.DS_Store)$/;

/**
 * Makes the folder unless it exists.
 *
 * @throws Error with one line if the folder cannot be written to, or belongs to another program
 */
export const prepareDataFolder = (folder: string): void => {
  let foreign: string | undefined;
  try {
    make(folder);
    accessSync(folder, constants.W_OK | constants.X_OK);
    foreign = readdirSync(folder).find((name) => !OURS.test(name));
  } catch {
    throw new Error(`DATA_FOLDER ${folder} cannot be written to. Set DATA_FOLDER, or run with --memory.`);
  }
  if (foreign !== undefined)
    throw new Error(
      `DATA_FOLDER ${folder} holds other files, such as ${foreign}. Set DATA_FOLDER to a new or an empty folder.`,
    );
};

/** Folder by folder: if a parent cannot be made, as in /proc, `recursive` tries for ever. */
const make = (folder: string): void => {
  if (existsSync(folder)) return;
  const parent = dirname(folder);
  if (parent !== folder) make(parent);
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another program may have made it meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
};
