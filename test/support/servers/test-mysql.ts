import { randomUUID } from 'node:crypto';
import { type Connection, createConnection, type PoolConnection } from 'mysql2/promise';
import { connectionOptions } from '../../../src/adapters/mysql/database/connection-options.js';
import { Connections } from '../../../src/adapters/mysql/database/connections.js';
import type { Database } from '../../../src/adapters/mysql/database/database.js';
import { PooledDatabase } from '../../../src/adapters/mysql/database/pooled-database.js';
import { migrate } from '../../../src/adapters/mysql/migrations/migrate.js';

const POOL_SIZE = 10;

/** Where MySQL keeps a session's `timestamp`. */
const LAST_SECOND = 2 ** 31 - 1;

/** Makes separate databases on the server of `MYSQL_URL`. */
export class TestMySql {
  readonly #closings: (() => Promise<void>)[] = [];

  constructor(
    private readonly server: string,
    /** The server is removed with its databases; it may be too full to drop them. */
    private readonly isDisposable = false,
  ) {}

  /** The URL of a new database: with the schema, or empty if `bare`. */
  async url({ bare = false } = {}): Promise<string> {
    const name = `switchboard_test_${randomUUID().replaceAll('-', '')}`;
    await this.#admin((admin) => admin.query(`CREATE DATABASE ${name}`));
    if (!this.isDisposable)
      this.#closings.push(() => this.#admin((admin) => admin.query(`DROP DATABASE ${name}`)));
    const url = new URL(this.server);
    url.pathname = `/${name}`;
    if (!bare) await migrate(connectionOptions(url.href, undefined));
    return url.href;
  }

  /** A new, empty database for each call. `time` replaces the server's clock. */
  async database(time?: { now(): number }): Promise<Database> {
    return this.open(await this.url(), time);
  }

  async open(url: string, time?: { now(): number }): Promise<Database> {
    const connections = await Connections.open(connectionOptions(url, undefined), POOL_SIZE);
    this.#closings.push(() => connections.close());
    return new PooledDatabase(time ? timed(connections, time) : connections);
  }

  async close(): Promise<void> {
    for (const close of this.#closings.splice(0).reverse()) await close();
  }

  async #admin(task: (admin: Connection) => Promise<unknown>): Promise<void> {
    const { host, port, user, password } = connectionOptions(this.server, undefined);
    const admin = await createConnection({ host, port, user, password } as object);
    try {
      await task(admin);
    } finally {
      admin.destroy();
    }
  }
}

/** Sets the server's clock to `time` before each statement, within the range that the server allows. */
const timed = (connections: Connections, time: { now(): number }): Pick<Connections, 'use'> => ({
  use: <T>(task: (connection: PoolConnection) => Promise<T>) =>
    connections.use(async (connection) => {
      await connection.query('SET timestamp = ?', [Math.min(time.now() / 1000, LAST_SECOND)]);
      return task(connection);
    }),
});
