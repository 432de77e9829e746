import type { Row, Table } from '../../../src/adapters/dynamodb/table/table.js';

export interface TestTables {
  /** A new, empty one each time. `time`: a clock of its own. */
  table(time?: { now(): number }): Promise<Table>;
  /** All rows of a table that it made. */
  rows(table: Table): Promise<Row[]>;
}
