import { rm } from 'node:fs/promises';

/** Before and after a run: a program of an earlier one may be of other code. */
export default () => rm(process.env.PROGRAMS_FOLDER, { recursive: true, force: true });
