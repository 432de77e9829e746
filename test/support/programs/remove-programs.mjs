import { readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Before and after a run: a program of an earlier one may be of other code, and a run that was killed removed nothing. */
export default async () => {
  const all = dirname(process.env.PROGRAMS_FOLDER);
  const runs = await readdir(all).catch(() => []);
  const over = runs.filter((pid) => Number(pid) === process.pid || !isAlive(Number(pid)));
  await Promise.all(over.map((pid) => rm(join(all, pid), { recursive: true, force: true })));
};

const isAlive = (pid) => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
};
