import type { Change, Condition } from '../../../src/adapters/dynamodb/table/expression.js';
import type { Key, Query, Row, RowPage, Table } from '../../../src/adapters/dynamodb/table/table.js';

/** Records each operation with the kind of its row, such as `put CLAIM`; each write of a batch counts separately. */
export class CountingTable implements Table {
  constructor(
    private readonly table: Table,
    private readonly operations: string[],
  ) {}

  now(): number | undefined {
    return this.table.now();
  }

  get(key: Key, signal?: AbortSignal): Promise<Row | undefined> {
    this.#note('get', key);
    return this.table.get(key, signal);
  }

  query(query: Query): Promise<RowPage> {
    this.#note('query', query);
    return this.table.query(query);
  }

  count(pk: string, atMost: number): Promise<number> {
    this.#note('count', { pk });
    return this.table.count(pk, atMost);
  }

  put(item: Row, onlyIf?: Condition): Promise<boolean> {
    this.#note('put', item);
    return this.table.put(item, onlyIf);
  }

  update(key: Key, change: Change, onlyIf?: Condition): Promise<Row | undefined> {
    this.#note('update', key);
    return this.table.update(key, change, onlyIf);
  }

  delete(key: Key): Promise<Row | undefined> {
    this.#note('delete', key);
    return this.table.delete(key);
  }

  putAll(items: readonly Row[]): Promise<void> {
    for (const item of items) this.#note('put', item);
    return this.table.putAll(items);
  }

  #note(operation: string, { pk }: { pk: string }): void {
    this.operations.push(`${operation} ${pk.split('#')[0]}`);
  }
}
