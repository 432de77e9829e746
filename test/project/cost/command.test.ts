import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const REPOSITORY = resolve(import.meta.dirname, '../../..');

const run = (...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> =>
  new Promise((done) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', 'scripts/cost.ts', ...args],
      { cwd: REPOSITORY },
      (error, stdout, stderr) => done({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });

const totals = (output: string): string[] =>
  [...output.matchAll(/^ {2}total +(\$\S+)$/gm)].map(([, total = '']) => total);

describe('The cost command', () => {
  it('prints the totals that the page shows for the defaults', async () => {
    const { code, stdout } = await run('--connections', '10000');

    const page = readFileSync(join(REPOSITORY, 'docs/costs.md'), 'utf8');
    const [line = ''] = /^\| \*\*total\*\* .*$/m.exec(page) ?? [];
    const shown = [...line.matchAll(/\*\*(\$\S+)\*\*/g)].map(([, total]) => total);
    expect(code).toBe(0);
    expect(shown).toHaveLength(4);
    expect(totals(stdout)).toEqual(shown);
  });

  it('prints how long a million connections take with the quotas', async () => {
    const { stdout } = await run('--connections=1000000');

    expect(stdout).toMatch(
      /a broadcast to all takes at least 125 s: 8,000 pushes a second\. A piece has 115 s and/,
    );
    expect(stdout).toMatch(/reconnecting all takes at least 2,000 s: 500 connects a second/);
    expect(stdout).toMatch(/^ {4}7,000 of 4,000 write units a second .*: too many$/m);
    expect(stdout.match(/^ {2}[\d,]+ \w.*(?= \()/gm)).toEqual([
      '  125,000 requests a second',
      '  3,334 connects a second',
      '  46,676 write units a second',
    ]);
  });

  it.each([
    ['5000', 'takes at least 1 s: 10,000 pushes a second'],
    ['920000', 'takes at least 115 s: 8,000 pushes a second'],
  ])('prints how long a broadcast to %s connections takes', async (connections, line) => {
    expect((await run('--connections', connections)).stdout).toContain(`  a broadcast to all ${line}\n`);
  });

  it('tells that a hundred connections need no quota raised', async () => {
    expect((await run('--connections=100')).stdout).toMatch(/ask AWS for\n {2}nothing: the quotas suffice\n/);
  });

  it.each([
    [['--connections', 'many'], '--connections many is not a number. Example: --connections 10\n'],
    [['--data-bytes', '20000'], 'data may have 16384 bytes. Set --data-bytes to less.\n'],
    [['--users', '3'], "Unknown option '--users'\n"],
  ])('refuses %j in one line', async (args, line) => {
    expect(await run(...args)).toEqual({ code: 1, stdout: '', stderr: line });
  });
});
