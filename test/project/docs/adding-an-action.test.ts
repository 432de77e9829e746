import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { startSwitchboard } from '../../../src/entry/local/start.js';
import { ADD_AN_ACTION, blocks, documents, REPOSITORY } from './support/documents.js';
import { play } from './support/play.js';
import { apply, changesIn } from './support/recipe.js';
import { parseSession } from './support/session.js';

const COPIED = [
  'protocol',
  'schemas',
  'src',
  'gateway',
  'client/src',
  'serverless.yml',
  'package.json',
  'tsconfig.json',
  'jest.config.mjs',
  'biome.json',
];

describe('a reader who adds an action as the page says', () => {
  const recipe = documents()
    .filter(({ path }) => path === ADD_AN_ACTION)
    .flatMap(blocks);
  let folder: string;

  const run = (script: string, args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join('node_modules', script), ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '--experimental-vm-modules --no-warnings' },
    });
    return { status, output: stdout + stderr };
  };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'switchboard-recipe-'));
    for (const path of COPIED) cpSync(join(REPOSITORY, path), join(folder, path), { recursive: true });
    // The tests of the client need those of the program; jest looks for their folder.
    mkdirSync(join(folder, 'client/test'));
    symlinkSync(join(REPOSITORY, 'node_modules'), join(folder, 'node_modules'));
    for (const change of changesIn(recipe)) {
      const path = join(folder, change.path);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, apply(change, existsSync(path) ? readFileSync(path, 'utf8') : ''));
    }
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('has code that compiles', () => {
    expect(run('typescript/bin/tsc', ['-p', '.'])).toEqual({ status: 0, output: '' });
  });

  it('has code that passes the linter', () => {
    const { status, output } = run('@biomejs/biome/bin/biome', [
      'check',
      'protocol',
      'schemas',
      'src',
      'test',
    ]);

    expect(output).toContain('No fixes applied');
    expect(status).toBe(0);
  });

  it('has a test that passes', () => {
    const { status, output } = run('jest/bin/jest.js', ['test/application']);

    expect(output).toContain('1 passed');
    expect(status).toBe(0);
  });

  it('gets the answers that the page shows', async () => {
    const copy: { startSwitchboard: typeof startSwitchboard } = await import(
      join(folder, 'src/entry/local/start.ts')
    );
    const schemas: typeof import('../../../schemas/server-frame.js') = await import(
      join(folder, 'schemas/server-frame.ts')
    );
    const sessions = recipe.filter(({ language }) => language === 'console');

    await play(
      sessions.map(({ lines }) => parseSession(lines)),
      copy.startSwitchboard,
      schemas.serverFrame,
    );
  });
});
