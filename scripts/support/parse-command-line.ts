import { type ParseArgsConfig, parseArgs } from 'node:util';

/**
 * Reads a command line as Node's `parseArgs` does. A value may begin with a dash, as user ids may.
 *
 * @throws Error with one line
 */
export const parseCommandLine = <Config extends ParseArgsConfig>(
  config: Config,
  given: readonly string[] = process.argv.slice(2),
): ReturnType<typeof parseArgs<Config>> => {
  const parsed = parse<Config>({ ...config, args: joined(given, config.options ?? {}) });
  // As from a shell variable that is not set.
  const empty = Object.entries(parsed.values).find(([, value]) => [value].flat().includes(''));
  if (empty) throw new Error(`--${empty[0]} is empty`);
  return parsed;
};

const parse = <Config extends ParseArgsConfig>(config: Config): ReturnType<typeof parseArgs<Config>> => {
  try {
    return parseArgs(config);
  } catch (error) {
    const [mistake] = (error as Error).message.split(/\.\s/);
    throw new Error(mistake, { cause: error });
  }
};

/** Node refuses a value that begins with a dash unless `=` is before it. */
const joined = (given: readonly string[], options: NonNullable<ParseArgsConfig['options']>): string[] => {
  const texts = Object.keys(options).filter((name) => options[name]?.type === 'string');
  const flags = new Set(texts.map((name) => `--${name}`));
  const args = given.values();
  const found: string[] = [];
  for (const arg of args) {
    const { value } = flags.has(arg) ? args.next() : { value: undefined };
    found.push(value === undefined ? arg : `${arg}=${value}`);
  }
  return found;
};
