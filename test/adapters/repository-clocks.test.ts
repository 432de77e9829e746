import { repositoryClocksContract } from '../contracts/repository-clocks.contract.js';
import { Rows } from '../robustness/torture/simulation/rows.js';
import { AT_ONCE, SimulatedTable } from '../robustness/torture/simulation/simulated-table.js';
import { inMemoryRepositories, repositoriesOn } from '../support/repositories.js';

repositoryClocksContract('in memory', async () => {
  const world = inMemoryRepositories();
  return [world, world];
});
// That DynamoDB holds the same conditions is the contract of `Table`.
repositoryClocksContract('DynamoDB, simulated', async () => {
  const rows = new Rows();
  const process = () => repositoriesOn(new SimulatedTable(rows, AT_ONCE));
  return [process(), process()];
});
