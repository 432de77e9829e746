import type { Database, Row, Value } from '../../../src/adapters/mysql/database/database.js';
import { ClientError } from '../../../src/domain/client-error.js';
import type { ProcessFault } from '../../contracts/publication-log/publication-logs.js';

const never = new Promise<never>(() => {});

/** A process's access to a server, which fails at its first procedure: an append is one step there. */
export class FaultyDatabase implements Database {
  readonly struck: Promise<void>;
  wake: () => void = () => {};
  #strike: () => void = () => {};
  #isStruck = false;
  readonly #awake: Promise<void>;

  constructor(
    private readonly database: Database,
    private readonly what: ProcessFault['what'],
  ) {
    this.struck = new Promise((resolve) => {
      this.#strike = resolve;
    });
    this.#awake = new Promise((resolve) => {
      this.wake = resolve;
    });
  }

  rows(sql: string, values: readonly Value[], signal?: AbortSignal): Promise<Row[]> {
    return this.database.rows(sql, values, signal);
  }

  change(sql: string, values: readonly Value[]): Promise<number> {
    return this.database.change(sql, values);
  }

  async call(procedure: string, values: readonly Value[]): Promise<Row[]> {
    const call = () => this.database.call(procedure, values);
    if (this.#isStruck) return call();
    this.#isStruck = true;
    if (this.what === 'dies after' || this.what === 'answer lost') await call();
    this.#strike();
    if (this.what === 'answer lost') throw new ClientError('unavailable');
    if (this.what !== 'sleeps before') return never;
    await this.#awake;
    return call();
  }
}
