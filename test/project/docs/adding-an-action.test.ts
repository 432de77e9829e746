import { execFile, spawnSync } from 'node:child_process';
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
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { startSwitchboard } from '../../../src/entry/local/start.js';
import { ADD_AN_ACTION, blocks, documents, REPOSITORY } from './support/documents.js';
import { play } from './support/play.js';
import { apply, changesIn } from './support/recipe.js';
import { parseSession } from './support/session.js';

/** One mistake for each comment, in the server and in the client. */
const MISTAKES = `
import * as z from 'zod/mini';
import { createClient } from '../client/src/switchboard-client.js';
import type { ActionFrame, Reply } from '../protocol/actions.js';
import type { MyActions } from '../protocol/my-actions.js';

// @ts-expect-error A schema with another field.
export const schema: z.ZodMiniType<ActionFrame<'roll'>> = z.strictObject({ action: z.literal('roll'), side: z.int() });
// @ts-expect-error A use case that reads another field.
export const read = ({ side }: ActionFrame<'roll'>): unknown => side;
// @ts-expect-error A use case that answers another field.
export const answer = (): Reply<'roll'> => ({ roled: 4 });

export const ask = async (): Promise<unknown> => {
  const client = createClient<MyActions>('ws://localhost:3001/dev');
  return [
    // @ts-expect-error A client that sends another field.
    await client.request('roll', { side: 6 }),
    // @ts-expect-error A client that sends another type.
    await client.request('roll', { sides: 'six' }),
    // @ts-expect-error A client that reads another field.
    (await client.request('roll', { sides: 6 })).roled,
    // @ts-expect-error A client that asks for another action.
    await client.request('rol', { sides: 6 }),
  ];
};
`;

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
  'test/system/refusals/refused-actions.ts',
  'test/support/programs/prepare-programs.mjs',
  'test/support/programs/remove-programs.mjs',
  'biome.json',
];

describe('a reader who adds an action by the page', () => {
  const recipe = documents()
    .filter(({ path }) => path === ADD_AN_ACTION)
    .flatMap(blocks);
  const consoles = recipe.filter(({ language }) => language === 'console');
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

  it('has code that compiles, and mistakes that do not', () => {
    mkdirSync(join(folder, 'scripts'));
    writeFileSync(join(folder, 'scripts/mistakes.ts'), MISTAKES);

    expect(run('typescript/bin/tsc', ['-p', '.'])).toEqual({ status: 0, output: '' });
  });

  it('has code that passes the linter', () => {
    const { status, output } = run('@biomejs/biome/bin/biome', [
      'check',
      'protocol',
      'schemas',
      'src',
      'test',
      'examples',
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
    const sessions = consoles.filter(({ lines }) => lines.some((line) => line.includes('wscat')));

    await play(
      sessions.map(({ lines }) => parseSession(lines)),
      copy.startSwitchboard,
      schemas.serverFrame,
    );
  });

  it('calls the actions from the client, and sees what the page shows', async () => {
    const copy: { startSwitchboard: typeof startSwitchboard } = await import(
      join(folder, 'src/entry/local/start.ts')
    );
    const [command = '', ...printed] =
      consoles.find(({ lines }) => lines[0]?.includes('examples/'))?.lines ?? [];
    const [, ...args] = command.replace(/^\$ /, '').split(' ');
    const switchboard = await copy.startSwitchboard({
      port: 0,
      memory: true,
      dataFolder: undefined,
      env: { LOG_LEVEL: 'silent' },
      gateway: { host: '127.0.0.1' },
    });
    try {
      const { stdout } = await promisify(execFile)(process.execPath, [...args, switchboard.gateway.url], {
        cwd: folder,
      });
      expect(stdout.trim().split('\n')).toEqual(printed);
    } finally {
      await switchboard.stop();
    }
  }, 60_000);
});
