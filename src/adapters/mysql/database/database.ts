/** The values that a statement accepts: checked, since an object would become SQL. */
export type Value = string | number | Buffer | null;

export type Row = Readonly<Record<string, unknown>>;

/**
 * A MySQL server. Each call is one round trip and a transaction of its own, so no lock outlives it: an operation of more
 * than one statement is a stored procedure.
 *
 * @throws ClientError `unavailable` if the server cannot be reached or did not answer: then a write may or may not be
 *   applied
 */
export interface Database {
  /** Stops, with the signal's reason, when it aborts. */
  rows(sql: string, values: readonly Value[], signal?: AbortSignal): Promise<Row[]>;
  /** Resolves to the number of changed rows. */
  change(sql: string, values: readonly Value[]): Promise<number>;
  /** Resolves to the rows that the procedure selects. */
  call(procedure: string, values: readonly Value[], signal?: AbortSignal): Promise<Row[]>;
}
