import { rm } from 'node:fs/promises';

export default () => rm(process.env.PROGRAMS_FOLDER, { recursive: true, force: true });
