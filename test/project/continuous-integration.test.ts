import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { parse } from 'yaml';

const read = (path: string): string => readFileSync(join(import.meta.dirname, '../..', path), 'utf8');

it('runs what the README says', () => {
  const [own, ...suites] = read('.ci/run')
    .trim()
    .split('\n')
    .filter((line) => line.startsWith('npm ')) as string[];

  expect(own).toBe('npm ci && npm test');
  expect(suites).toEqual(['npm run test:long', 'npm run client:tools', 'npm run client:nodes']);
  expect(read('README.md')).toContain('`npm ci && npm test`');
});

it('tries the template on an emulator, and says with which version', () => {
  expect(read('.ci/run')).toMatch(/^\.ci\/emulator$/m);

  const version = /ministack==([\d.]+)/.exec(read('.ci/emulator'))?.[1];
  expect(read('docs/emulators.md')).toContain(`ministack ${version}`);
});

it('runs on every supported line of Node', () => {
  const { test } = parse(read('.github/workflows/ci.yml')).jobs;

  expect(test.strategy.matrix.node).toEqual([20, 22, 24]);
  expect(test.steps.map(({ run }: { run?: string }) => run)).toContain('.ci/run');
  expect(JSON.parse(read('package.json')).engines.node).toBe('>=20.19');
});

it('starts a server for the suites of MySQL before the tests', () => {
  const run = read('.ci/run');

  expect(run.indexOf('export MYSQL_URL=')).toBeGreaterThan(run.indexOf('\nmariadbd '));
  expect(run.indexOf('npm ci && npm test')).toBeGreaterThan(run.indexOf('export MYSQL_URL='));
});
