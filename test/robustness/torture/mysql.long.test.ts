import { describe, expect, it } from '@jest/globals';
import { describeOnMySql } from '../../support/servers/mysql.js';
import { BUGS_ON_MYSQL } from './bugs/mysql/bugs-on-mysql.js';
import { reportOf } from './report.js';
import { runSeed } from './run-seed.js';
import { runOnMySql } from './simulation/mysql/run-on-mysql.js';

/** With jumps, wrong clocks, pieces and kicks among them. */
const SEEDS = [1, 5, 9];

describeOnMySql('The system on MySQL under torture', (mysql) => {
  it.each(SEEDS)('keeps its promises with seed %d', async (seed) => {
    const { violations } = await runSeed(seed, runOnMySql(mysql));

    if (violations.length > 0)
      throw new Error(
        reportOf(await runSeed(seed, { ...runOnMySql(mysql), traced: true }), '--client model --store mysql'),
      );
  });

  it('does the same again with the same seed', async () => {
    const first = await runSeed(1, { ...runOnMySql(mysql), traced: true });
    const second = await runSeed(1, { ...runOnMySql(mysql), traced: true });

    expect(first.trace.length).toBeGreaterThan(3_000);
    expect(second.trace).toEqual(first.trace);
  });

  describe('finds the bug', () => {
    it.each([...BUGS_ON_MYSQL])('%s', async (_, { bug, rules, seed = 14 }) => {
      const { violations } = await runSeed(seed, { ...runOnMySql(mysql), bug, stopAt: rules });

      expect(violations.filter(({ rule }) => rules.includes(rule))).not.toEqual([]);
    });
  });
});
