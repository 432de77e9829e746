/** The amounts on a bill, of a session or of a month. */
export interface Amounts {
  /** In units of 32 KB, both directions. */
  messages: number;
  connectionMinutes: number;
  invocations: number;
  gigabyteSeconds: number;
  /** DynamoDB's request units; 0 with another store. */
  readUnits: number;
  writeUnits: number;
  logBytes: number;
}
