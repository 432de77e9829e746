import type { Row, Table } from '../../../src/adapters/dynamodb/table/table.js';
import { Rows } from '../../robustness/torture/simulation/aws/rows.js';
import { AT_ONCE, SimulatedTable } from '../../robustness/torture/simulation/aws/simulated-table.js';
import type { TestTables } from './test-tables.js';

/**
 * Tables without a server, for tests of many operations: these take no time. That a table on DynamoDB does the same is the
 * contract of `Table`.
 */
export class SimulatedTables implements TestTables {
  readonly #rows = new Map<Table, Rows>();

  async table(time?: { now(): number }): Promise<Table> {
    const rows = new Rows();
    const table = new SimulatedTable(rows, AT_ONCE, undefined, () => time?.now());
    this.#rows.set(table, rows);
    return table;
  }

  async rows(table: Table): Promise<Row[]> {
    return this.#rows.get(table)?.all('') ?? [];
  }
}
