import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { beforeAll, expect, it } from '@jest/globals';
import { unzip } from '../support/unzip.js';

const REPOSITORY = resolve(import.meta.dirname, '../../../..');
const BUNDLE = 'src/entry/lambda/router.js';

/** The line of the source that throws, counted from 1. */
const THROWN_AT =
  1 +
  readFileSync(join(REPOSITORY, 'src/entry/settings.ts'), 'utf8')
    .split('\n')
    .findIndex((line) => line.includes('throw new Error'));

export const traceSuite = (packaged: () => string): void => {
  let trace: string;

  const translate = (input: string, maps: string) =>
    spawnSync(process.execPath, ['--import', 'tsx', 'scripts/project/stack.ts', '--maps', maps], {
      cwd: REPOSITORY,
      encoding: 'utf8',
      input,
    });

  beforeAll(() => {
    const task = join(packaged(), 'task');
    const path = join(task, BUNDLE);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, unzip(join(packaged(), 'router.zip')).get(BUNDLE) ?? '');
    // As on Lambda, without a package.json that makes `.js` a module.
    writeFileSync(join(task, 'package.json'), '{}');
    const { stderr } = spawnSync(process.execPath, ['-e', `require('./${BUNDLE}')`], {
      cwd: task,
      encoding: 'utf8',
      env: { FAN_OUT_INLINE_LIMIT: 'many' },
    });
    trace = stderr.replaceAll(task, '/var/task');
  });

  it('names the line of the source that threw', () => {
    expect(trace).toContain(`/var/task/${BUNDLE}:`);

    const { stdout, status } = translate(trace, packaged());

    expect(status).toBe(0);
    expect(stdout).toContain(`(src/entry/settings.ts:${THROWN_AT}:`);
    expect(stdout).toContain('(src/entry/lambda/router.ts:');
    expect(stdout).not.toMatch(/router\.js:\d+:\d+/);
  });

  it('reads the stack of a log line as well', () => {
    const line = JSON.stringify({ level: 50, error: { stack: trace } });

    const { stdout } = translate(line, packaged());

    expect(JSON.parse(stdout).error.stack).toContain(`(src/entry/settings.ts:${THROWN_AT}:`);
  });

  it('leaves the rest of the text alone', () => {
    const { stdout } = translate(
      '2026-11-26 REPORT\n    at node:internal/modules/run_main:1:2\n',
      packaged(),
    );

    expect(stdout).toBe('2026-11-26 REPORT\n    at node:internal/modules/run_main:1:2\n');
  });

  it('says how to make the maps that are missing', () => {
    const { stderr, status } = translate(trace, join(packaged(), 'task'));

    expect(status).toBe(1);
    expect(stderr).toContain('npm ci && npm run package');
  });
};
