/** The HTTP status of a refused request. */
export interface HttpRefusal {
  refused: number;
  /** For the log; the client learns no more than the status. */
  because?: string;
  headers?: Record<string, string>;
}
