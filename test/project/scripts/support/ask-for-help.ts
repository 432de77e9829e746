/** Asks each command of package.json for help, all in one process, and prints the answers as JSON. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

class Ended extends Error {
  constructor(readonly code: unknown) {
    super('ended');
  }
}

const COMMAND = /^node --import tsx (\S+)$/;

const ask = async (path: string): Promise<{ code: unknown; lines: string[] }> => {
  const lines: string[] = [];
  console.log = (line: string) => lines.push(line);
  process.argv = [process.execPath, path, '--help'];
  try {
    await import(resolve(path));
    return { code: 'went on', lines };
  } catch (error) {
    return { code: error instanceof Ended ? error.code : String(error), lines };
  }
};

process.exit = ((code: unknown) => {
  throw new Ended(code);
}) as typeof process.exit;

const { log } = console;
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
const answers: Record<string, unknown> = {};
for (const [name, command] of Object.entries(scripts)) {
  const [, path] = COMMAND.exec(command) ?? [];
  if (path !== undefined) answers[name] = await ask(path);
}
log(JSON.stringify(answers));
