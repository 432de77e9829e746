import { repositoryClocksContract } from '../contracts/repository-clocks.contract.js';
import { Rows } from '../robustness/torture/simulation/aws/rows.js';
import { AT_ONCE, SimulatedTable } from '../robustness/torture/simulation/aws/simulated-table.js';
import { describeOnMySql } from '../support/servers/mysql.js';
import { VirtualClock } from '../support/time/virtual-clock.js';
import { inMemoryRepositories, processOnMySql, repositoriesOn } from '../support/worlds/repositories.js';

repositoryClocksContract('in memory', async () => {
  const world = inMemoryRepositories();
  return [world, world];
});
// The contract of `Table` checks that DynamoDB evaluates conditions in the same way.
repositoryClocksContract('DynamoDB, simulated', async () => {
  const rows = new Rows();
  const process = () => repositoriesOn(new SimulatedTable(rows, AT_ONCE));
  return [process(), process()];
});
describeOnMySql('on MySQL', (mysql) => {
  repositoryClocksContract('MySQL', async () => {
    const clock = new VirtualClock();
    const database = await mysql.database(clock);
    return [processOnMySql(database, clock), processOnMySql(database, new VirtualClock())];
  });
});
