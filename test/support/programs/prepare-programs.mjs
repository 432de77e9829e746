import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import removePrograms from './remove-programs.mjs';

/** A program of an earlier run may be of other code. In this folder, programs find the packages that they do not hold. */
export default async ({ rootDir }) => {
  const folder = process.env.PROGRAMS_FOLDER;
  await removePrograms();
  await mkdir(folder, { recursive: true });
  await symlink(join(rootDir, 'node_modules'), join(folder, 'node_modules'), 'junction');
};
