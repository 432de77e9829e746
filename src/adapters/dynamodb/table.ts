import type { Change, Condition } from './expression.js';

/**
 * One table with the key (`pk`, `sk`): all that the adapters need of DynamoDB. Reads are strongly consistent. Any
 * operation may reject after it was applied: its answer was lost.
 */
export interface Table {
  get(key: Key): Promise<Row | undefined>;
  /** One page of at most 1 MB, in the order of `sk`. */
  query(query: Query): Promise<Page>;
  /** How many rows a partition has, counted up to `atMost`. */
  count(pk: string, atMost: number): Promise<number>;
  /** Replaces the row. False, and nothing is written, when the condition does not hold. */
  put(row: Row, onlyIf?: Condition): Promise<boolean>;
  /** Resolves to the row as it is afterwards, to undefined when the condition does not hold. */
  update(key: Key, change: Change, onlyIf?: Condition): Promise<Row | undefined>;
  /** Resolves to the row that was there. */
  delete(key: Key): Promise<Row | undefined>;
  /** Puts them all, in any order; when it rejects, some may be written. */
  putAll(rows: readonly Row[]): Promise<void>;
}

export interface Key {
  pk: string;
  sk: string;
}

export type Row = Key & Record<string, unknown>;

export interface Query {
  pk: string;
  /** Bounds of `sk`, both included. */
  between?: readonly [first: string, last: string];
  descending?: boolean;
  limit?: number;
  /** Where the last page ended. */
  after?: Key;
}

export interface Page {
  rows: Row[];
  /** Absent when there is no more. */
  next?: Key;
}

/** Until there are no more: a page can be short, or empty, before the end. */
export async function* pages(table: Table, query: Query): AsyncIterable<Row[]> {
  let after: Key | undefined;
  do {
    const { rows, next } = await table.query(after ? { ...query, after } : query);
    yield rows;
    after = next;
  } while (after);
}
