import { ClientError } from '../../../domain/client-error.js';
import type { Database, Row, Value } from './database.js';

export interface OpenedDatabase {
  database: Database;
  close(): Promise<void>;
}

/**
 * A database that opens with its first call, again after that failed, and anew when the server no longer accepts the
 * password, because secrets are rotated.
 */
export class LazyDatabase implements Database {
  #opened: Promise<OpenedDatabase> | undefined;

  constructor(private readonly open: () => Promise<OpenedDatabase>) {}

  rows(sql: string, values: readonly Value[], signal?: AbortSignal): Promise<Row[]> {
    return this.#use((database) => database.rows(sql, values, signal));
  }

  change(sql: string, values: readonly Value[]): Promise<number> {
    return this.#use((database) => database.change(sql, values));
  }

  call(procedure: string, values: readonly Value[], signal?: AbortSignal): Promise<Row[]> {
    return this.#use((database) => database.call(procedure, values, signal));
  }

  async close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = undefined;
    await (await opened)?.close();
  }

  async #use<T>(task: (database: Database) => Promise<T>): Promise<T> {
    const opening = this.#open();
    try {
      return await task((await opening).database);
    } catch (error) {
      if (!isDenied(error)) throw error;
      // A refused connection wrote nothing, and a pool of one has no other to close. Of several calls, only one opens anew.
      if (this.#opened === opening) this.#opened = undefined;
      return task((await this.#open()).database);
    }
  }

  #open(): Promise<OpenedDatabase> {
    this.#opened ??= this.open().catch((error: unknown) => {
      this.#opened = undefined;
      throw new ClientError('unavailable', { cause: error });
    });
    return this.#opened;
  }
}

const isDenied = (error: unknown): boolean => (error as { code?: unknown }).code === 'ER_ACCESS_DENIED_ERROR';
