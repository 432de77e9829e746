import type { Change, Condition } from './expression.js';

/**
 * One table with the key (`pk`, `sk`): all that the adapters need of DynamoDB. Reads are strongly consistent. Any
 * operation may reject after it was applied: its answer was lost.
 */
export interface Table {
  get(key: Key): Promise<Item | undefined>;
  /** One page of at most 1 MB, in the order of `sk`. */
  query(query: Query): Promise<Page>;
  /** How many rows a partition has, counted up to `atMost`. */
  count(pk: string, atMost: number): Promise<number>;
  /** Replaces the row. False, and nothing is written, when the condition does not hold. */
  put(item: Item, onlyIf?: Condition): Promise<boolean>;
  /** Resolves to the row as it is afterwards, to undefined when the condition does not hold. */
  update(key: Key, change: Change, onlyIf?: Condition): Promise<Item | undefined>;
  /** Resolves to the row that was there. */
  delete(key: Key): Promise<Item | undefined>;
  /** Puts them all, in any order; when it rejects, some may be written. */
  putAll(items: readonly Item[]): Promise<void>;
}

export interface Key {
  pk: string;
  sk: string;
}

export type Item = Key & Record<string, unknown>;

export interface Query {
  pk: string;
  /** Besides the key, what is read of each row; absent: all of it. */
  attributes?: readonly string[];
  /** Bounds of `sk`, both included. */
  between?: readonly [first: string, last: string];
  descending?: boolean;
  limit?: number;
  /** Where the last page ended. */
  after?: Key;
}

export interface Page {
  items: Item[];
  /** Absent when there is no more. */
  next?: Key;
}

/** Until there are no more: a page can be short, or empty, before the end. */
export async function* pages(table: Table, query: Query): AsyncIterable<Item[]> {
  let after: Key | undefined;
  do {
    const { items, next } = await table.query(after ? { ...query, after } : query);
    yield items;
    after = next;
  } while (after);
}
