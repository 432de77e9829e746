import { describe, expect, it } from '@jest/globals';
import { BUGS } from './bugs/bugs.js';
import { runSeed } from './run-seed.js';
import { SEEDS } from './seeds.js';

describe('the torture', () => {
  const plants = [...BUGS].filter(([, { rare }]) => !rare);

  it.each(plants)('finds the bug %s', async (_, { bug, rules, seed: known }) => {
    const broken = new Set<string>();

    for (const seed of known === undefined ? SEEDS : [known, ...SEEDS]) {
      for (const { rule } of (await runSeed(seed, { bug, stopAt: rules })).violations) broken.add(rule);
      if (rules.some((rule) => broken.has(rule))) break;
    }

    expect(rules.filter((rule) => broken.has(rule))).not.toEqual([]);
  });
});
