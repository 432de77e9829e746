import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Row, Table } from '../../../src/adapters/dynamodb/table/table.js';
import { Rows } from '../../robustness/torture/simulation/aws/rows.js';
import { SimulatedTable } from '../../robustness/torture/simulation/aws/simulated-table.js';
import type { Perform } from '../../robustness/torture/simulation/store/store-operation.js';
import type { TestTables } from './test-tables.js';

/** Writers at the same time read the same and then collide, as they do on a server. */
const inTurns: Perform = async (_, apply) => {
  await nextTurn();
  return apply();
};

/**
 * Tables without a server, for tests of many operations: these take hardly any time. That a table on DynamoDB does the
 * same is the contract of `Table`.
 */
export class SimulatedTables implements TestTables {
  readonly #rows = new Map<Table, Rows>();

  async table(time?: { now(): number }): Promise<Table> {
    const rows = new Rows();
    const table = new SimulatedTable(rows, inTurns, undefined, () => time?.now());
    this.#rows.set(table, rows);
    return table;
  }

  async rows(table: Table): Promise<Row[]> {
    return this.#rows.get(table)?.all('') ?? [];
  }
}
