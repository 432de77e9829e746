import type { Change, Condition } from '../../../src/adapters/dynamodb/table/expression.js';
import type { Key, Query, Row, RowPage, Table } from '../../../src/adapters/dynamodb/table/table.js';
import type { Clock } from '../../../src/application/ports/clock.js';

/** The duration of an operation such as `put CLAIM`, in milliseconds. */
export type LatencyOf = (operation: string, pk: string) => number;

/** Half of an operation's time passes before it is applied, half before its answer. An aborted read ends at once. */
export class DistantTable implements Table {
  constructor(
    private readonly table: Table,
    private readonly clock: Clock,
    private readonly latencyOf: LatencyOf,
  ) {}

  now(): number | undefined {
    return this.table.now();
  }

  get(key: Key, signal?: AbortSignal): Promise<Row | undefined> {
    return this.#far('get', key, () => this.table.get(key), signal);
  }

  query(query: Query): Promise<RowPage> {
    return this.#far('query', query, () => this.table.query(query), query.signal);
  }

  count(pk: string, atMost: number): Promise<number> {
    return this.#far('count', { pk }, () => this.table.count(pk, atMost));
  }

  put(row: Row, onlyIf?: Condition): Promise<boolean> {
    return this.#far('put', row, () => this.table.put(row, onlyIf));
  }

  update(key: Key, change: Change, onlyIf?: Condition): Promise<Row | undefined> {
    return this.#far('update', key, () => this.table.update(key, change, onlyIf));
  }

  delete(key: Key): Promise<Row | undefined> {
    return this.#far('delete', key, () => this.table.delete(key));
  }

  putAll(rows: readonly Row[]): Promise<void> {
    return this.#far('put', rows[0] ?? { pk: '' }, () => this.table.putAll(rows));
  }

  async #far<T>(
    name: string,
    { pk }: { pk: string },
    operation: () => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const latencyMs = this.latencyOf(`${name} ${pk.split('#')[0]}`, pk);
    await this.clock.sleep(latencyMs / 2);
    signal?.throwIfAborted();
    const answer = await operation();
    await this.clock.sleep(latencyMs / 2);
    return answer;
  }
}
