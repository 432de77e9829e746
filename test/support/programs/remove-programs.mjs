import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Before and after a run: a program of an earlier run may be of other code, and a run that was killed removed nothing. */
export default async () => {
  const own = process.env.PROGRAMS_FOLDER;
  const prefix = basename(own).replace(/\d+$/, '');
  const folders = await readdir(dirname(own));
  const over = folders.filter(
    (name) =>
      name.startsWith(prefix) && (name === basename(own) || !isAlive(Number(name.slice(prefix.length)))),
  );
  await Promise.all(over.map((name) => rm(join(dirname(own), name), { recursive: true, force: true })));
};

const isAlive = (pid) => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
};
