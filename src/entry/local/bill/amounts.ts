/** What a bill counts, of a session or of a month. */
export interface Amounts {
  /** In units of 32 KB, both directions. */
  messages: number;
  connectionMinutes: number;
  invocations: number;
  gigabyteSeconds: number;
  /** DynamoDB's request units; 0 where the store is another. */
  readUnits: number;
  writeUnits: number;
  logBytes: number;
}
