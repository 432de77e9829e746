import { closeSync, openSync } from 'node:fs';

/**
 * Checks before a long run that its result can be written: otherwise the run would be for nothing.
 *
 * @throws Error with one line
 */
export const checkWritable = (path: string): void => {
  try {
    closeSync(openSync(path, 'a'));
  } catch (error) {
    throw new Error(`${path} cannot be written: ${(error as Error).message}`, { cause: error });
  }
};
