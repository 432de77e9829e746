import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Row, Table } from '../../../src/adapters/dynamodb/table/table.js';
import { Rows } from '../../robustness/torture/simulation/aws/rows.js';
import { SimulatedTable } from '../../robustness/torture/simulation/aws/simulated-table.js';
import type { Perform } from '../../robustness/torture/simulation/store/store-operation.js';
import type { TestTables } from './test-tables.js';

/** Simultaneous writers read the same rows and then collide, as they do on a server. */
const inTurns: Perform = async (_, apply) => {
  await nextTurn();
  return apply();
};

/**
 * Fast tables without a server, for tests of many operations. The contract of `Table` checks that DynamoDB does the
 * same.
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
