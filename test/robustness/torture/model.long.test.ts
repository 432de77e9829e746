import { describe, expect, it } from '@jest/globals';
import { reportOf } from './report.js';
import { runSeed } from './run-seed.js';
import { SEEDS } from './seeds.js';

describe('the system under torture, with the simplest client', () => {
  it.each(SEEDS)('keeps its promises with seed %d', async (seed) => {
    const { violations } = await runSeed(seed);

    if (violations.length > 0)
      throw new Error(reportOf(await runSeed(seed, { traced: true }), '--client model'));
  });

  it('repeats itself with the same seed, and differs with another', async () => {
    const [first, second] = [await runSeed(18, { traced: true }), await runSeed(18, { traced: true })];
    const other = await runSeed(21);

    expect(first.trace.length).toBeGreaterThan(3_000);
    expect(second.trace).toEqual(first.trace);
    expect(second.counts).toEqual(first.counts);
    expect(other.counts).not.toEqual(first.counts);
  });
});
