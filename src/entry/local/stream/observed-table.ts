import type { Change, Condition } from '../../../adapters/dynamodb/expression.js';
import type { Item, Key, Page, Query, Table } from '../../../adapters/dynamodb/table.js';

export interface TableWrite {
  eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  key: Key;
  /** The row afterwards; absent when it was removed. */
  newImage?: Item;
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

  async get(key: Key): Promise<Item | undefined> {
    return this.table.get(key);
  }

  async query(query: Query): Promise<Page> {
    return this.table.query(query);
  }

  async count(pk: string, atMost: number): Promise<number> {
    return this.table.count(pk, atMost);
  }

  async put(item: Item, onlyIf?: Condition): Promise<boolean> {
    const applied = await this.table.put(item, onlyIf);
    if (applied) this.onWrite({ eventName: 'INSERT', key: item, newImage: item });
    return applied;
  }

  async update(key: Key, change: Change, onlyIf?: Condition): Promise<Item | undefined> {
    const newImage = await this.table.update(key, change, onlyIf);
    if (newImage) this.onWrite({ eventName: 'MODIFY', key, newImage });
    return newImage;
  }

  async delete(key: Key): Promise<Item | undefined> {
    const removed = await this.table.delete(key);
    if (removed) this.onWrite({ eventName: 'REMOVE', key });
    return removed;
  }

  async putAll(items: readonly Item[]): Promise<void> {
    await this.table.putAll(items);
    for (const item of items) this.onWrite({ eventName: 'INSERT', key: item, newImage: item });
  }
}
