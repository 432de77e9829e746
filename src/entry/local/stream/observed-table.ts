import type { Change, Condition } from '../../../adapters/dynamodb/table/expression.js';
import type { Key, Query, Row, RowPage, Table } from '../../../adapters/dynamodb/table/table.js';

export interface TableWrite {
  eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  key: Key;
  /** The row afterwards; absent when it was removed. */
  newImage?: Row;
}

/**
 * Reports every applied write, as a table's stream does. A put counts as an insert, because the previous row is unknown
 * here.
 */
export class ObservedTable implements Table {
  constructor(
    private readonly table: Table,
    private readonly onWrite: (write: TableWrite) => void,
  ) {}

  now(): number | undefined {
    return this.table.now();
  }

  async get(key: Key, signal?: AbortSignal): Promise<Row | undefined> {
    return this.table.get(key, signal);
  }

  async query(query: Query): Promise<RowPage> {
    return this.table.query(query);
  }

  async count(pk: string, atMost: number): Promise<number> {
    return this.table.count(pk, atMost);
  }

  async put(row: Row, onlyIf?: Condition): Promise<boolean> {
    const applied = await this.table.put(row, onlyIf);
    if (applied) this.onWrite({ eventName: 'INSERT', key: row, newImage: row });
    return applied;
  }

  async update(key: Key, change: Change, onlyIf?: Condition): Promise<Row | undefined> {
    const newImage = await this.table.update(key, change, onlyIf);
    if (newImage) this.onWrite({ eventName: 'MODIFY', key, newImage });
    return newImage;
  }

  async delete(key: Key): Promise<Row | undefined> {
    const removed = await this.table.delete(key);
    if (removed) this.onWrite({ eventName: 'REMOVE', key });
    return removed;
  }

  async putAll(rows: readonly Row[]): Promise<void> {
    await this.table.putAll(rows);
    for (const row of rows) this.onWrite({ eventName: 'INSERT', key: row, newImage: row });
  }
}
