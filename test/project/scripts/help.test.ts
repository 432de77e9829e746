import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';

const { stdout } = await promisify(execFile)(process.execPath, [
  '--import',
  'tsx',
  'test/project/scripts/support/ask-for-help.ts',
]);
const answers = Object.entries(JSON.parse(stdout) as Record<string, { code: unknown; lines: string[] }>);

describe('--help', () => {
  it('is asked of every command that is a program of this repository', () => {
    expect(answers.length).toBeGreaterThan(20);
  });

  it.each(answers)('npm run %s says how it is called and what it does, and does nothing', (name, answer) => {
    const { code, lines } = answer;
    const [usage = '', empty, what] = lines.join('\n').split('\n');

    expect(code).toBe(0);
    expect(usage).toMatch(new RegExp(`^Usage: .*npm (run (--silent )?)?${name}( |$|,)`));
    expect(empty).toBe('');
    expect(what).toMatch(/^\S/);
  });
});
