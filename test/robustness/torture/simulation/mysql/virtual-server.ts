import type { Connection, QueryOptions } from 'mysql2/promise';
import { createConnection } from 'mysql2/promise';
import { connectionOptions } from '../../../../../src/adapters/mysql/database/connection-options.js';
import type { Connections } from '../../../../../src/adapters/mysql/database/connections.js';
import type { Database, Row, Value } from '../../../../../src/adapters/mysql/database/database.js';
import { PooledDatabase } from '../../../../../src/adapters/mysql/database/pooled-database.js';

/** A real server with the simulation's clock, over one connection: one statement at a time. */
export class VirtualServer implements Database {
  readonly #database: PooledDatabase;

  private constructor(
    private readonly connection: Connection,
    private readonly now: () => number,
    /** Called after each statement that may have written. */
    private readonly onWrite: () => Promise<void>,
  ) {
    const lent = { query: (options: QueryOptions) => this.#query(options) };
    const connections = { use: (task: (connection: typeof lent) => unknown) => task(lent) };
    this.#database = new PooledDatabase(connections as unknown as Pick<Connections, 'use'>);
  }

  static async open(url: string, now: () => number, onWrite: () => Promise<void>): Promise<VirtualServer> {
    const options = { ...connectionOptions(url, undefined), multipleStatements: true };
    return new VirtualServer(await createConnection(options), now, onWrite);
  }

  rows(sql: string, values: readonly Value[]): Promise<Row[]> {
    return this.#database.rows(sql, values);
  }

  async change(sql: string, values: readonly Value[]): Promise<number> {
    const changed = await this.#database.change(sql, values);
    await this.onWrite();
    return changed;
  }

  async call(procedure: string, values: readonly Value[]): Promise<Row[]> {
    const rows = await this.#database.call(procedure, values);
    await this.onWrite();
    return rows;
  }

  async close(): Promise<void> {
    this.connection.destroy();
  }

  /** Each statement first sets the server's clock to the simulation's. */
  async #query({ sql, ...options }: QueryOptions): Promise<[unknown]> {
    const [[, ...answers]] = (await this.connection.query({
      ...options,
      sql: `SET timestamp = ${this.now() / 1_000}; ${sql}`,
    })) as unknown as [unknown[]];
    return [answers.length === 1 ? answers[0] : answers];
  }
}
