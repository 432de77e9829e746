import { describe, it } from '@jest/globals';
import { LibraryClient } from './client/library-client.js';
import { reportOf } from './report.js';
import { runSeed } from './run-seed.js';

const SEEDS = 12;

/** Rooms that are left and joined again while a hello is under way. */
const LEFT_AND_JOINED = [400_347, 400_597];

describe('the system under torture, with the client library', () => {
  it.each([...Array.from({ length: SEEDS }, (_, index) => index + 1), ...LEFT_AND_JOINED])(
    'keeps its promises with seed %d',
    async (seed) => {
      const { violations } = await runSeed(seed, { Client: LibraryClient });

      if (violations.length > 0)
        throw new Error(
          reportOf(await runSeed(seed, { Client: LibraryClient, traced: true }), '--client library'),
        );
    },
  );
});
