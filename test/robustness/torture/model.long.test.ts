import { describe, it } from '@jest/globals';
import { reportOf } from './report.js';
import { runSeed } from './run-seed.js';
import { SEEDS } from './seeds.js';

describe('the system under torture, with the simplest client', () => {
  it.each(SEEDS)('keeps its promises with seed %d', async (seed) => {
    const { violations } = await runSeed(seed);

    if (violations.length > 0)
      throw new Error(reportOf(await runSeed(seed, { traced: true }), '--client model'));
  });
});
