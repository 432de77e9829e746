import type { ConnectionOptions, Pool, PoolConnection } from 'mysql2/promise';
import { checkSchema } from './schema-check.js';
import { checkServer } from './server-check.js';

/** After a longer rest, the server or the network may have dropped a connection. */
const RESTED_MS = 2_000;

/** How long a rested connection may take to answer: the driver's own ping waits for ever. */
const CHECK_MS = 2_000;

/** How long to wait for a connection of the pool. */
const PATIENCE_MS = 8_000;

/** Lends connections: each is checked when it is new, and after a rest. */
export class Connections {
  readonly #usedAt = new WeakMap<object, number>();

  private constructor(private readonly pool: Pool) {}

  /** Loads the driver, which weighs a megabyte. */
  static async open(options: ConnectionOptions, size: number): Promise<Connections> {
    const { createPool } = await import('mysql2/promise');
    return new Connections(
      createPool({ ...options, connectionLimit: size, enableKeepAlive: true, waitForConnections: true }),
    );
  }

  /** Closes a failed connection: this process ignores anything that it still does on the server. */
  async use<T>(task: (connection: PoolConnection) => Promise<T>): Promise<T> {
    const connection = await this.#take();
    try {
      const done = await task(connection);
      this.#usedAt.set(connection.connection, performance.now());
      connection.release();
      return done;
    } catch (error) {
      connection.destroy();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  async #take(): Promise<PoolConnection> {
    for (;;) {
      const connection = await this.#lent();
      const usedAt = this.#usedAt.get(connection.connection);
      try {
        if (usedAt === undefined) await checkNew(connection);
        else if (performance.now() - usedAt > RESTED_MS)
          await connection.query({ sql: 'DO 0', timeout: CHECK_MS });
        return connection;
      } catch (error) {
        connection.destroy();
        // Only a new connection tells whether the server is there: after the rested connections, the pool makes a new one.
        if (usedAt === undefined) throw error;
      }
    }
  }

  async #lent(): Promise<PoolConnection> {
    const lent = this.pool.getConnection();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        lent.then(
          (connection) => connection.release(),
          () => {},
        );
        reject(Object.assign(new Error('No connection is free'), { code: 'POOL_EXHAUSTED' }));
      }, PATIENCE_MS);
    });
    try {
      return await Promise.race([lent, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}

const checkNew = async (connection: PoolConnection): Promise<void> => {
  await checkServer(connection);
  await checkSchema(connection);
};
