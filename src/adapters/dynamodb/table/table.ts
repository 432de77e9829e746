import type { Change, Condition } from './expression.js';

/**
 * One table with the key (`pk`, `sk`), with the operations of DynamoDB that the adapters need. Reads are strongly
 * consistent. Any operation may reject although it was applied, if its answer is lost. A read whose signal is aborted
 * rejects at once.
 */
export interface Table {
  get(key: Key, signal?: AbortSignal): Promise<Row | undefined>;
  /** One page of at most 1 MB, in the order of `sk`. */
  query(query: Query): Promise<RowPage>;
  /** Number of rows in a partition, counted up to `atMost`. */
  count(pk: string, atMost: number): Promise<number>;
  /** Replaces the row. Resolves to false, without a write, when the condition fails. */
  put(row: Row, onlyIf?: Condition): Promise<boolean>;
  /** Resolves to the updated row, or to undefined when the condition fails. */
  update(key: Key, change: Change, onlyIf?: Condition): Promise<Row | undefined>;
  /** Resolves to the deleted row. */
  delete(key: Key): Promise<Row | undefined>;
  /** Puts all rows, in any order. When it rejects, some of them may be written. */
  putAll(rows: readonly Row[]): Promise<void>;
  /**
   * The store's own time in epoch milliseconds, by its latest answer. Undefined before the first answer, and if store and
   * caller share one clock: then nothing confirms the caller's clock.
   */
  now(): number | undefined;
}

export interface Key {
  pk: string;
  sk: string;
}

export type Row = Key & Record<string, unknown>;

export interface Query {
  pk: string;
  /** The attributes to read besides the key; absent: all. */
  attributes?: readonly string[];
  /** Bounds of `sk`, both inclusive. */
  between?: readonly [first: string, last: string];
  descending?: boolean;
  limit?: number;
  /** The end of the last page. */
  after?: Key;
  signal?: AbortSignal | undefined;
}

export interface RowPage {
  rows: Row[];
  /** Absent when there is no more. */
  next?: Key;
}

/** Reads all pages: a page can be short or empty before the end. */
export async function* pages(table: Table, query: Query): AsyncIterable<Row[]> {
  let next: Key | undefined;
  do {
    const page = await table.query(next ? { ...query, after: next } : query);
    yield page.rows;
    next = page.next;
  } while (next);
}
