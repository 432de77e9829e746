/** The HTTP status that a request gets instead of what it asked for. */
export interface Refusal {
  refused: number;
  /** For the log; the client learns no more than the status. */
  because?: string;
  headers?: Record<string, string>;
}
