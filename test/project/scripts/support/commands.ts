import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';

export interface Call {
  path: string;
  args: string[];
}

export interface Called {
  /** The exit code. */
  code: unknown;
  output: string[];
  errors: string[];
}

const PROGRAM = /^node --import tsx (\S+)$/;

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

/** The commands of package.json that are programs of this repository, with their files. */
export const COMMANDS: ReadonlyMap<string, string> = new Map(
  Object.entries(scripts).flatMap(([name, command]) => {
    const [, path] = PROGRAM.exec(command) ?? [];
    return path === undefined ? [] : [[name, path]];
  }),
);

/** Calls all of them in one process, since loading them takes most of the time. */
export const callCommands = async (calls: readonly (readonly [string, ...string[]])[]): Promise<Called[]> => {
  const list: Call[] = calls.map(([name, ...args]) => ({ path: COMMANDS.get(name) ?? name, args }));
  const { MYSQL_URL, ...env } = process.env;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', 'test/project/scripts/support/call-commands.ts', JSON.stringify(list)],
    { env },
  );
  return JSON.parse(stdout) as Called[];
};
