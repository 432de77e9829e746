/** Calls commands of package.json, all in one process, and prints how each ended as JSON. The argument lists them, as JSON. */
import { resolve } from 'node:path';
import type { Call, Called } from './commands.js';

class Ended extends Error {
  constructor(readonly code: unknown) {
    super('ended');
  }
}

const call = async ({ path, args }: Call, index: number): Promise<Called> => {
  const output: string[] = [];
  const errors: string[] = [];
  console.log = (line: string) => output.push(line);
  console.error = (line: string) => errors.push(line);
  process.argv = [process.execPath, path, ...args];
  process.exitCode = undefined;
  try {
    await import(`${resolve(path)}?${index}`);
    return { code: process.exitCode ?? 'went on', output, errors };
  } catch (error) {
    return { code: error instanceof Ended ? error.code : String(error), output, errors };
  }
};

process.exit = ((code: unknown) => {
  throw new Ended(code);
}) as typeof process.exit;

const { log } = console;
const calls = JSON.parse(process.argv[2] ?? '[]') as Call[];
const called: Called[] = [];
for (const [index, one] of calls.entries()) called.push(await call(one, index));
process.exitCode = undefined;
log(JSON.stringify(called));
