/**
 * The one URL that is left of the command line.
 *
 * @throws Error with one line
 */
export const readEndpoint = ([url, ...rest]: readonly string[]): string => {
  if (url === undefined || rest.length > 0 || !/^wss?:/.test(url) || !URL.canParse(url))
    throw new Error('Name one endpoint: ws://… or wss://…');
  return url;
};
