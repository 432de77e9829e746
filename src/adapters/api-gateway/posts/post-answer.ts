/** The answer to one post, or the reason why there is none. */
export type PostAnswer = HttpAnswer | { error: Error };

export interface HttpAnswer {
  status: number;
  /** Opening a socket included, if there was none. */
  tookMs: number;
  headers: NodeJS.Dict<string | string[]>;
}
