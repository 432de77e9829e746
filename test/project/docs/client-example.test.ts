import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Switchboard, startSwitchboard } from '../../../src/entry/local/start.js';
import { blocks, documents, REPOSITORY } from './support/documents.js';

let folder: string;
let switchboard: Switchboard;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'switchboard-example-'));
  symlinkSync(join(REPOSITORY, 'node_modules'), join(folder, 'node_modules'));
  switchboard = await startSwitchboard({
    port: 0,
    memory: true,
    dataFolder: undefined,
    env: { LOG_LEVEL: 'silent' },
    gateway: { host: '127.0.0.1' },
  });
});

afterAll(async () => {
  await switchboard.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('the program in the README prints the text below it', async () => {
  const [readme] = documents().filter(({ path }) => path === 'README.md');
  const [, printed] = /hi.ts` prints `([^`]+)`/.exec(readme?.text ?? '') ?? [];
  const [example] = readme ? blocks(readme).filter(({ language }) => language === 'ts') : [];
  const program = [...(example?.lines ?? []), 'client.close();']
    .join('\n')
    .replace('switchboard-client', join(REPOSITORY, 'client/src/switchboard-client.ts'))
    .replace('ws://localhost:3001/dev', switchboard.gateway.url);
  writeFileSync(join(folder, 'example.mts'), program);

  const child = spawn(process.execPath, ['--import', 'tsx', 'example.mts'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });

  expect(await text(child.stdout)).toBe(`${printed}\n`);
});
