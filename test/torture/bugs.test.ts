import { describe, expect, it, jest } from '@jest/globals';
import { BUGS } from './bugs/bugs.js';
import { runSeed } from './run-seed.js';

jest.setTimeout(60_000);

/** The system without bugs keeps its promises with these seeds; the first are the quickest to find something. */
const FIRST_SEED = 6;
const LAST_SEED = 20;

describe('the torture', () => {
  const plants = [...BUGS].filter(([, { rare }]) => !rare);

  it.each(plants)('finds the bug %s', async (_, { bug, rules }) => {
    const broken = new Set<string>();

    for (let seed = FIRST_SEED; seed <= LAST_SEED && !rules.some((rule) => broken.has(rule)); seed += 1) {
      for (const { rule } of (await runSeed(seed, { bug, stopAt: rules })).violations) broken.add(rule);
    }

    expect(rules.filter((rule) => broken.has(rule))).not.toEqual([]);
  });
});
