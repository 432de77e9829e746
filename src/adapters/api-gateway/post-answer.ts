/** What came of one post, or why nothing did. */
export type PostAnswer = HttpAnswer | { error: Error };

export interface HttpAnswer {
  status: number;
  /** From the moment when it had a socket. */
  tookMs: number;
  headers: NodeJS.Dict<string | string[]>;
}
