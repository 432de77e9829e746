/** What came of one post, or why nothing did. */
export type PostAnswer = HttpAnswer | { error: Error };

export interface HttpAnswer {
  status: number;
  /** Opening a socket included, if there was none. */
  tookMs: number;
  headers: NodeJS.Dict<string | string[]>;
}
