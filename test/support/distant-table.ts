import type { Change, Condition } from '../../src/adapters/dynamodb/expression.js';
import type { Key, Page, Query, Row, Table } from '../../src/adapters/dynamodb/table.js';
import type { Clock } from '../../src/application/ports/clock.js';

/** Each operation takes `latencyMs`: half of it until it is applied, half until its answer is there. */
export class DistantTable implements Table {
  constructor(
    private readonly table: Table,
    private readonly clock: Clock,
    private readonly latencyMs: number,
  ) {}

  get(key: Key): Promise<Row | undefined> {
    return this.#far(() => this.table.get(key));
  }

  query(query: Query): Promise<Page> {
    return this.#far(() => this.table.query(query));
  }

  count(pk: string, atMost: number): Promise<number> {
    return this.#far(() => this.table.count(pk, atMost));
  }

  put(row: Row, onlyIf?: Condition): Promise<boolean> {
    return this.#far(() => this.table.put(row, onlyIf));
  }

  update(key: Key, change: Change, onlyIf?: Condition): Promise<Row | undefined> {
    return this.#far(() => this.table.update(key, change, onlyIf));
  }

  delete(key: Key): Promise<Row | undefined> {
    return this.#far(() => this.table.delete(key));
  }

  putAll(rows: readonly Row[]): Promise<void> {
    return this.#far(() => this.table.putAll(rows));
  }

  async #far<T>(operation: () => Promise<T>): Promise<T> {
    await this.clock.sleep(this.latencyMs / 2);
    const answer = await operation();
    await this.clock.sleep(this.latencyMs / 2);
    return answer;
  }
}
