import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, it } from '@jest/globals';
import { RecordingSocket } from './support/recording-socket.js';

const GATEWAY = resolve(import.meta.dirname, '../../gateway');

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** Runs the first program of the page; it prints the address where it listens. */
const startExample = async (): Promise<string> => {
  const page = readFileSync(join(GATEWAY, 'README.md'), 'utf8');
  const [, program = ''] = /```ts\n(.*?)```/s.exec(page) ?? [];
  const folder = mkdtempSync(join(tmpdir(), 'gateway-readme-'));
  const file = join(folder, 'example.mts');
  const gateway = pathToFileURL(join(GATEWAY, 'gateway.ts')).href;
  writeFileSync(file, program.replace('./gateway.js', gateway));
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), file]);
  ends.push(() => {
    child.kill();
    rmSync(folder, { recursive: true });
  });
  for await (const line of child.stdout) return String(line).trim();
  throw new Error('The example ended');
};

it('the example of the page answers hello', async () => {
  const client = new RecordingSocket(await startExample());
  ends.push(() => client.socket.terminate());
  expect(await client.status).toBe(101);

  client.send({ action: 'hello' });

  expect(await client.frame()).toBe('Hello, guest 1!');
});
