import type { Change, Condition } from '../../../../../src/adapters/dynamodb/table/expression.js';
import type { Key, Query, Row, RowPage, Table } from '../../../../../src/adapters/dynamodb/table/table.js';
import type { Perform } from '../store/store-operation.js';
import { changed, holds } from './evaluate.js';
import { position, type Rows } from './rows.js';
import { tableOperation } from './table-operation.js';

export const AT_ONCE: Perform = async (_, apply) => apply();

/** A DynamoDB table as one process sees it: each operation is applied in one moment; `perform` adds the waiting. */
export class SimulatedTable implements Table {
  constructor(
    private readonly rows: Rows,
    private readonly perform: Perform,
    /** The most bytes of one page. */
    private readonly pageBytes = 2 ** 20,
    private readonly time: () => number | undefined = () => undefined,
  ) {}

  now(): number | undefined {
    return this.time();
  }

  get(key: Key): Promise<Row | undefined> {
    return this.perform(tableOperation('get', key), () => this.rows.get(key));
  }

  query(query: Query): Promise<RowPage> {
    return this.perform(tableOperation('query', { pk: query.pk }), () => this.#page(query));
  }

  count(pk: string, atMost: number): Promise<number> {
    return this.perform(tableOperation('count', { pk }), () => Math.min(atMost, this.rows.keys(pk).length));
  }

  put(item: Row, onlyIf?: Condition): Promise<boolean> {
    return this.perform(tableOperation('put', item), () => {
      if (onlyIf && !holds(onlyIf, this.rows.get(item))) return false;
      this.rows.put(item);
      return true;
    });
  }

  update({ pk, sk }: Key, change: Change, onlyIf?: Condition): Promise<Row | undefined> {
    return this.perform(tableOperation('update', { pk, sk }), () => {
      const row = this.rows.get({ pk, sk });
      if (onlyIf && !holds(onlyIf, row)) return undefined;
      this.rows.put(changed(row ?? { pk, sk }, change));
      return this.rows.get({ pk, sk });
    });
  }

  delete(key: Key): Promise<Row | undefined> {
    return this.perform(tableOperation('delete', key), () => this.rows.delete(key));
  }

  /** One after the other, so that an interruption leaves some of them written. */
  async putAll(items: readonly Row[]): Promise<void> {
    for (const item of items) await this.perform(tableOperation('put', item), () => this.rows.put(item));
  }

  #page({ pk, attributes, between, descending = false, limit, after }: Query): RowPage {
    const all = this.rows.keys(pk);
    let first = between ? position(all, between[0]) : 0;
    let end = between ? position(all, `${between[1]}\u0000`) : all.length;
    if (after && descending) end = Math.min(end, position(all, after.sk));
    if (after && !descending) first = Math.max(first, position(all, `${after.sk}\u0000`));

    const items: Row[] = [];
    let bytes = 0;
    const step = descending ? -1 : 1;
    for (let at = descending ? end - 1 : first; at >= first && at < end; at += step) {
      if (items.length === limit || bytes >= this.pageBytes) break;
      const item = this.rows.get({ pk, sk: all[at] as string }) as Row;
      items.push(attributes ? pick(item, attributes) : item);
      bytes += this.rows.bytesOf(item);
    }
    // A page that reached the limit has a next page, which may be empty.
    const last = items.at(-1);
    const more = items.length < end - first || items.length === limit;
    return last && more ? { rows: items, next: { pk, sk: last.sk } } : { rows: items };
  }
}

const pick = (item: Row, attributes: readonly string[]): Row => {
  const picked: Row = { pk: item.pk, sk: item.sk };
  for (const name of attributes) if (Object.hasOwn(item, name)) picked[name] = item[name];
  return picked;
};
