import { setTimeout as sleep } from 'node:timers/promises';
import type { QueryResult, ResultSetHeader } from 'mysql2/promise';
import type { Connections } from './connections.js';
import type { Database, Row, Value } from './database.js';
import { isDeadlock, isLostConnection, unavailable } from './unavailable.js';

const TIMEOUT_MS = 8_000;
const ATTEMPTS = 5;

/** Full jitter, so that colliding transactions do not collide again. */
const FIRST_PAUSE_MS = 20;

/** A server behind a pool of connections. */
export class PooledDatabase implements Database {
  constructor(private readonly connections: Pick<Connections, 'use'>) {}

  /**
   * If the server has closed the connection meanwhile, a read is repeated once; a write is not, because it may have been
   * applied.
   */
  async rows(sql: string, values: readonly Value[], signal?: AbortSignal): Promise<Row[]> {
    const read = async () => (await this.#run(sql, values, signal)) as Row[];
    return read().catch((error: unknown) => {
      if (isLostConnection(error)) return read();
      throw error;
    });
  }

  async change(sql: string, values: readonly Value[]): Promise<number> {
    return ((await this.#run(sql, values)) as ResultSetHeader).affectedRows;
  }

  async call(procedure: string, values: readonly Value[], signal?: AbortSignal): Promise<Row[]> {
    const sql = `CALL ${procedure}(${values.map(() => '?').join(', ')})`;
    const [rows = []] = (await this.#run(sql, values, signal)) as Row[][];
    return rows;
  }

  /** A transaction that loses a deadlock is rolled back, so it is tried again. */
  async #run(sql: string, values: readonly Value[], signal?: AbortSignal): Promise<QueryResult> {
    for (const value of values) check(value);
    for (let attempt = 1; ; attempt += 1) {
      signal?.throwIfAborted();
      try {
        return await this.#try(sql, values, signal);
      } catch (error) {
        signal?.throwIfAborted();
        if (!isDeadlock(error) || attempt === ATTEMPTS) throw unavailable(error);
        await sleep(Math.random() * FIRST_PAUSE_MS * 2 ** attempt);
      }
    }
  }

  /** `query` escapes here. `execute` would prepare on the server, which pins connections behind RDS Proxy. */
  async #try(sql: string, values: readonly Value[], signal?: AbortSignal): Promise<QueryResult> {
    return this.connections.use(async (connection) => {
      const query = connection.query({ sql, values: [...values], timeout: TIMEOUT_MS });
      const [answer] = await (signal ? unlessAborted(query, signal) : query);
      return answer as QueryResult;
    });
  }
}

const unlessAborted = <T>(answer: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    // It may have aborted during the wait for a connection.
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });

const check = (value: unknown): void => {
  const fits =
    value === null ||
    typeof value === 'string' ||
    (typeof value === 'number' && Number.isSafeInteger(value)) ||
    Buffer.isBuffer(value);
  if (!fits)
    throw new TypeError('A value for MySQL is neither text, nor a whole number, nor bytes, nor null');
};
