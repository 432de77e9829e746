import { setTimeout as sleep } from 'node:timers/promises';

/** Looks again and again until it is so; the test's own time limit is the only one, and ends the process too. */
export const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await sleep(5, undefined, { ref: false });
};
