import { rm } from 'node:fs/promises';

/** Before and after a run, because a program of an earlier run may be built from other code. */
export default () => rm(process.env.PROGRAMS_FOLDER, { recursive: true, force: true });
