import type { Key, Row } from '../../../../../src/adapters/dynamodb/table/table.js';

export type WriteListener = (key: Key, before: Row | undefined, after: Row | undefined) => void;

interface StoredRow {
  item: Row;
  bytes: number;
  /** Frozen, so that no reader can change it. */
  simple: boolean;
}

interface Partition {
  rows: Map<string, StoredRow>;
  /** In order, as DynamoDB keeps them. */
  keys: string[];
}

/** The rows of a table; no call waits. Rows are copied on their way in and out. */
export class Rows {
  readonly #partitions = new Map<string, Partition>();
  readonly #listeners: WriteListener[] = [];
  readonly #writes = new Map<string, number>();

  onWrite(listener: WriteListener): void {
    this.#listeners.push(listener);
  }

  get({ pk, sk }: Key): Row | undefined {
    const row = this.#partitions.get(pk)?.rows.get(sk);
    if (!row) return undefined;
    return row.simple ? row.item : copy(row.item);
  }

  /** About how many bytes of a page it takes. */
  bytesOf({ pk, sk }: Key): number {
    return this.#partitions.get(pk)?.rows.get(sk)?.bytes ?? 0;
  }

  put(item: Row): void {
    this.#count(item.pk);
    const row = toStoredRow(item);
    const partition = this.#partition(item.pk);
    const before = partition.rows.get(item.sk);
    if (!before) partition.keys.splice(position(partition.keys, item.sk), 0, item.sk);
    partition.rows.set(item.sk, row);
    for (const listener of this.#listeners) listener(item, before?.item, row.item);
  }

  delete({ pk, sk }: Key): Row | undefined {
    this.#count(pk);
    const partition = this.#partition(pk);
    const before = partition.rows.get(sk);
    if (!before) return undefined;
    partition.rows.delete(sk);
    partition.keys.splice(position(partition.keys, sk), 1);
    for (const listener of this.#listeners) listener(before.item, before.item, undefined);
    return before.item;
  }

  /** How often a partition was written to: DynamoDB allows 1,000 units a second for each. */
  writesTo(pk: string): number {
    return this.#writes.get(pk) ?? 0;
  }

  /** The sort keys of a partition, in order. */
  keys(pk: string): readonly string[] {
    return this.#partitions.get(pk)?.keys ?? [];
  }

  partitions(): string[] {
    return [...this.#partitions.keys()];
  }

  all(prefix: string): Row[] {
    return this.partitions()
      .filter((pk) => pk.startsWith(prefix))
      .flatMap((pk) => this.keys(pk).map((sk) => this.get({ pk, sk }) as Row));
  }

  #count(pk: string): void {
    this.#writes.set(pk, this.writesTo(pk) + 1);
  }

  #partition(pk: string): Partition {
    const found = this.#partitions.get(pk);
    if (found) return found;
    const made: Partition = { rows: new Map(), keys: [] };
    this.#partitions.set(pk, made);
    return made;
  }
}

/** The first index whose key is not before `key`. */
export const position = (keys: readonly string[], key: string): number => {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (precedes(keys[middle] as string, key)) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** In UTF-8 order, in which surrogates come last. */
const precedes = (a: string, b: string): boolean => {
  let at = 0;
  while (at < a.length && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  if (at >= a.length || at >= b.length) return at < b.length;
  return rank(a.charCodeAt(at)) < rank(b.charCodeAt(at));
};

const rank = (unit: number): number => (unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800);

/** Like the document client, leaves out undefined values. */
const copy = (row: Row): Row => {
  const copied: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(row)) {
    if (value instanceof Set && value.size === 0) throw new Error('A set cannot be empty');
    if (value !== undefined) copied[name] = copyOf(value);
  }
  return copied as Row;
};

const copyOf = (value: unknown): unknown => {
  if (value instanceof Set) return new Set(value);
  return Array.isArray(value) ? value.map(copyOf) : value;
};

const toStoredRow = (given: Row): StoredRow => {
  const item = Object.freeze(copy(given));
  let bytes = 0;
  let simple = true;
  for (const [name, value] of Object.entries(item)) {
    bytes += name.length + (typeof value === 'string' ? value.length : 8);
    simple &&= typeof value !== 'object';
  }
  return { item, bytes, simple };
};
