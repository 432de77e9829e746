import type { Query, Row, RowPage } from '../../../src/adapters/dynamodb/table/table.js';
import { Rows } from '../../robustness/torture/simulation/aws/rows.js';
import { AT_ONCE, SimulatedTable } from '../../robustness/torture/simulation/aws/simulated-table.js';

/** Adds up the bytes read from it, and records the limits of queries. */
export class MeteredTable extends SimulatedTable {
  bytesRead = 0;
  readonly asked: (number | undefined)[] = [];

  constructor() {
    super(new Rows(), AT_ONCE);
  }

  override async query(query: Query): Promise<RowPage> {
    const page = await super.query(query);
    this.asked.push(query.limit);
    for (const row of page.rows) this.bytesRead += bytesOf(row);
    return page;
  }

  reset(): void {
    this.bytesRead = 0;
    this.asked.length = 0;
  }
}

/** Counted like DynamoDB, with the names. */
const bytesOf = (row: Row): number =>
  Object.entries(row).reduce(
    (sum, [name, value]) => sum + name.length + (typeof value === 'string' ? Buffer.byteLength(value) : 21),
    0,
  );
