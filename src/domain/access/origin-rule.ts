/** The web pages from which a browser may connect. */
export interface OriginRule {
  origins: readonly string[];
  /**
   * Whether a handshake without `Origin` passes. Only browsers send the header, and any other client can invent
   * one, so refusing its absence stops no attacker; but a list of origins says "only these".
   */
  allowAbsent: boolean;
}

/** `presented`: every different value of the `Origin` header. The whole value is compared: no wildcard, no substring. */
export const isOriginAllowed = (rule: OriginRule, presented: readonly string[]): boolean => {
  const [origin, ...others] = presented;
  if (origin === undefined) return rule.allowAbsent;
  return others.length === 0 && rule.origins.includes(origin);
};

/**
 * The origins of a comma-separated list, each as browsers write it (lower case, no default port).
 *
 * @throws Error for an entry that could never match: a wildcard, a path, `null`, no scheme
 */
export const parseOrigins = (list: string): string[] =>
  list
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map(parseOrigin);

const ORIGIN = /^https?:\/\/[^\s/?#@*\\]+$/i;

const parseOrigin = (entry: string): string => {
  if (!ORIGIN.test(entry) || !URL.canParse(entry)) throw new Error(`This is not an origin: ${entry}`);
  return new URL(entry).origin;
};
