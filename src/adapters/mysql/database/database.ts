/** What a statement may be given: checked, since an object would become SQL. */
export type Value = string | number | Buffer | null;

export type Row = Readonly<Record<string, unknown>>;

/**
 * A MySQL server. Each call is one round trip and a transaction of its own, so no lock outlives it: whatever takes more
 * than one statement is a stored procedure.
 *
 * @throws ClientError `unavailable` when the server cannot be asked or did not answer: what was written is unknown then
 */
export interface Database {
  /** Stops, with the signal's reason, when it aborts. */
  rows(sql: string, values: readonly Value[], signal?: AbortSignal): Promise<Row[]>;
  /** Resolves to how many rows it changed. */
  change(sql: string, values: readonly Value[]): Promise<number>;
  /** Resolves to the rows that the procedure selects. */
  call(procedure: string, values: readonly Value[], signal?: AbortSignal): Promise<Row[]>;
}
