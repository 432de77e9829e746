import { parseCommandLine } from './support/parse-command-line.js';

/**
 * The values of `--name value` or `--name=value` on the command line.
 *
 * @throws Error with one line for anything else
 */
export const readOptions = <Name extends string>(...names: Name[]): Partial<Record<Name, string>> => {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  return parseCommandLine({ options }).values as Partial<Record<Name, string>>;
};
