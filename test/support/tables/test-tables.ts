import type { Row, Table } from '../../../src/adapters/dynamodb/table/table.js';

export interface TestTables {
  /** Makes a new, empty table for each call; `time` gives it a clock of its own. */
  table(time?: { now(): number }): Promise<Table>;
  /** All rows of a table made here. */
  rows(table: Table): Promise<Row[]>;
}
