import type { QueryResult, ResultSetHeader } from 'mysql2/promise';
import type { Connections } from './connections.js';
import type { Database, Row, Value } from './database.js';
import { isDeadlock, unavailable } from './unavailable.js';

const TIMEOUT_MS = 8_000;
const ATTEMPTS = 5;

/** A server behind a pool of connections. */
export class PooledDatabase implements Database {
  constructor(
    private readonly connections: Pick<Connections, 'use'>,
    private readonly pause: (attempt: number) => Promise<void>,
  ) {}

  async rows(sql: string, values: readonly Value[]): Promise<Row[]> {
    return (await this.#run(sql, values)) as Row[];
  }

  async change(sql: string, values: readonly Value[]): Promise<number> {
    return ((await this.#run(sql, values)) as ResultSetHeader).affectedRows;
  }

  async call(procedure: string, values: readonly Value[]): Promise<Row[]> {
    const sql = `CALL ${procedure}(${values.map(() => '?').join(', ')})`;
    const [rows = []] = (await this.#run(sql, values)) as Row[][];
    return Array.isArray(rows) ? rows : [];
  }

  /** What lost a deadlock was rolled back, so it is tried again. */
  async #run(sql: string, values: readonly Value[]): Promise<QueryResult> {
    for (const value of values) check(value);
    for (let attempt = 1; ; attempt += 1) {
      try {
        // `query` escapes here. `execute` would prepare on the server, which pins connections behind RDS Proxy.
        return await this.connections.use(
          async (connection) =>
            (await connection.query({ sql, values: [...values], timeout: TIMEOUT_MS }))[0] as QueryResult,
        );
      } catch (error) {
        if (!isDeadlock(error) || attempt === ATTEMPTS) throw unavailable(error);
        await this.pause(attempt);
      }
    }
  }
}

const check = (value: unknown): void => {
  const fits =
    value === null ||
    typeof value === 'string' ||
    (typeof value === 'number' && Number.isSafeInteger(value)) ||
    Buffer.isBuffer(value);
  if (!fits)
    throw new TypeError('A value for MySQL is neither text, nor a whole number, nor bytes, nor null');
};
