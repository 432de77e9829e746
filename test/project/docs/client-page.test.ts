import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Switchboard, startSwitchboard } from '../../../src/entry/local/start.js';
import { type Block, blocks, documents, REPOSITORY } from './support/documents.js';

const [page] = documents().filter(({ path }) => path === 'docs/client.md');
const [prelude, ...rest] = page ? blocks(page) : [];
const programs = rest.flatMap((block, index): { block: Block; printed: Block | undefined }[] =>
  block.language === 'ts' ? [{ block, printed: rest[index + 1] }] : [],
);
const SEPARATOR = '--- next ---';

const start = (env: NodeJS.ProcessEnv) =>
  startSwitchboard({
    port: 0,
    memory: true,
    dataFolder: undefined,
    env: { LOG_LEVEL: 'silent', ...env },
    gateway: { host: '127.0.0.1' },
  });

describe('docs/client.md', () => {
  let folder: string;
  let guests: Switchboard;
  let members: Switchboard;
  let outputs: string[];

  beforeAll(async () => {
    guests = await start({});
    members = await start({ AUTH_MODE: 'jwt' });
    // Inside the repository, so that packages and the client's name resolve.
    folder = mkdtempSync(join(REPOSITORY, 'node_modules', '.client-page-'));
    for (const [index, { block }] of programs.entries()) {
      const { gateway } = block.lines.some((line) => /\btoken:/.test(line)) ? members : guests;
      const code = [...(prelude?.lines ?? []), ...block.lines, 'export {};'].join('\n');
      const source = code
        .replace('ws://localhost:3001/dev', gateway.url)
        .replace('switchboard-client', join(REPOSITORY, 'client/src/switchboard-client.ts'));
      writeFileSync(join(folder, `${index}.mts`), source);
    }
    const all = programs.map((_, index) => `await import('./${index}.mts'); console.log('${SEPARATOR}');`);
    writeFileSync(join(folder, 'all.mts'), all.join('\n'));
    const child = spawn(process.execPath, ['--import', 'tsx', join(folder, 'all.mts')], {
      cwd: REPOSITORY,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    outputs = (await text(child.stdout)).split(`${SEPARATOR}\n`);
  });

  afterAll(async () => {
    await Promise.all([guests?.stop(), members?.stop()]);
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(
    programs.map(({ block, printed }, index) => ({ name: block.heading, line: block.line, printed, index })),
  )('the program below "$name" (line $line) prints the text beneath it', ({ printed, index }) => {
    expect(printed?.language).toBe('text');
    expect(outputs[index]).toBe(`${printed?.lines.join('\n')}\n`);
  });
});
