/** The answer to one post, or the reason why there is none. */
export type PostAnswer = HttpAnswer | { error: Error };

export interface HttpAnswer {
  status: number;
  /** Opening a socket included, if there was none. */
  tookMs: number;
  /** Names and values in turn, as received: nearly all answers are 200, and their headers are not looked at. */
  rawHeaders: readonly Buffer[];
}

/** `name` in lower case. */
export const headerOf = ({ rawHeaders }: HttpAnswer, name: string): string | undefined => {
  for (let at = 0; at < rawHeaders.length; at += 2)
    if (String(rawHeaders[at]).toLowerCase() === name) return String(rawHeaders[at + 1]);
  return undefined;
};
