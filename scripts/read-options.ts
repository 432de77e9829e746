import { parseArgs } from 'node:util';

/**
 * The values of `--name value` or `--name=value` on the command line. A value may begin with a dash, as user ids may.
 *
 * @throws Error for anything else
 */
export const readOptions = <Name extends string>(...names: Name[]): Partial<Record<Name, string>> => {
  const args: string[] = [];
  const flags = new Set(names.map((name) => `--${name}`));
  const given = process.argv.slice(2).values();
  for (const arg of given) {
    const { value } = flags.has(arg) ? given.next() : { value: undefined };
    args.push(value === undefined ? arg : `${arg}=${value}`);
  }
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  return parseArgs({ args, options }).values as Partial<Record<Name, string>>;
};
