import type { Database, Row, Value } from '../../../../../src/adapters/mysql/database/database.js';
import type { Perform } from '../store/store-operation.js';
import { callOperation, statementOperation } from './statement-operation.js';

/** A server, seen from one instance: the waiting around each statement, and every fault, is virtual. */
export class SimulatedDatabase implements Database {
  constructor(
    private readonly server: Database,
    private readonly perform: Perform,
  ) {}

  async rows(sql: string, values: readonly Value[], signal?: AbortSignal): Promise<Row[]> {
    return unlessAborted(
      () => this.perform(statementOperation(sql, values), () => this.server.rows(sql, values)),
      signal,
    );
  }

  change(sql: string, values: readonly Value[]): Promise<number> {
    return this.perform(statementOperation(sql, values), () => this.server.change(sql, values));
  }

  async call(procedure: string, values: readonly Value[], signal?: AbortSignal): Promise<Row[]> {
    return unlessAborted(
      () => this.perform(callOperation(procedure, values), () => this.server.call(procedure, values)),
      signal,
    );
  }
}

const unlessAborted = async <T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> => {
  signal?.throwIfAborted();
  const done = await work();
  signal?.throwIfAborted();
  return done;
};
