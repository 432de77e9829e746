import type { TestMySql } from '../../../../support/servers/test-mysql.js';
import type { SeedOptions } from '../../run-seed.js';
import { SimulatedMySql } from './simulated-mysql.js';

/** Runs a seed on a database of this server. */
export const runOnMySql = (mysql: TestMySql): Pick<SeedOptions, 'createStore'> => ({
  createStore: (world) => SimulatedMySql.create(mysql, world),
});
