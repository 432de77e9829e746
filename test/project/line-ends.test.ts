import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';

const PNG = Buffer.from('89504e470d0a1a0a', 'hex');

let folder: string;

const git = (...args: string[]) =>
  execFileSync(
    'git',
    ['-c', 'core.autocrlf=true', '-c', 'user.name=test', '-c', 'user.email=test@localhost', ...args],
    {
      cwd: folder,
      // Without the settings of the person who runs the tests: no hooks, no signing, no attributes.
      env: { PATH: process.env.PATH, HOME: folder, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: devNull },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchboard-line-ends-'));
  copyFileSync(join(import.meta.dirname, '../../.gitattributes'), join(folder, '.gitattributes'));
  writeFileSync(join(folder, 'code.ts'), 'one\ntwo\n');
  writeFileSync(join(folder, 'picture.png'), PNG);
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'All');
  for (const name of ['code.ts', 'picture.png']) rmSync(join(folder, name));
  git('checkout', '--', '.');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('checks out text with line feeds where git is set to write carriage returns', () => {
  expect(readFileSync(join(folder, 'code.ts'), 'utf8')).toBe('one\ntwo\n');
});

it('checks out binaries unchanged', () => {
  expect(readFileSync(join(folder, 'picture.png'))).toEqual(PNG);
});
