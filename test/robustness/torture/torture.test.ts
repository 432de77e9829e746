import { describe, it } from '@jest/globals';
import { reportOf } from './report.js';
import { runSeed } from './run-seed.js';
import { SEEDS } from './seeds.js';

/** All seeds follow in `model.long.test.ts`. */
const FEW = 2;

describe('the system under torture', () => {
  it.each(SEEDS.slice(0, FEW))('keeps its promises with seed %d', async (seed) => {
    const { violations } = await runSeed(seed);

    if (violations.length > 0)
      throw new Error(reportOf(await runSeed(seed, { traced: true }), '--client model'));
  });
});
