import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { RecordingSocket } from '../../gateway/support/recording-socket.js';
import { BuiltProgram } from '../../support/programs/built-program.js';
import { REPOSITORY } from './support/documents.js';

const main = new BuiltProgram('src/entry/local/main.ts');
let folder: string;
let program: ChildProcess;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchboard-log-'));
});

afterEach(() => {
  program.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const documented = (route: string): object =>
  readFileSync(join(REPOSITORY, 'docs/operations.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{"level"'))
    .map((line) => JSON.parse(line))
    .find((line) => line.route === route);

/** Starts the program, and resolves to a function that waits for a line of its output. */
const start = (settings: Record<string, string>) => {
  const started = spawn(process.execPath, [main.file], {
    cwd: REPOSITORY,
    env: { ...process.env, PORT: '0', DATA_FOLDER: folder, LOG_LEVEL: 'info', ...settings },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  program = started;
  const lines = createInterface(started.stdout)[Symbol.asyncIterator]();
  return async (text: string): Promise<string> => {
    for (let next = await lines.next(); !next.done; next = await lines.next())
      if (next.value.includes(text)) return next.value;
    throw new Error(`The program ended without ${text}`);
  };
};

it.each([
  ['broadcast', '100'],
  ['fan-out', '0'],
])('the documented line of %s is the line that the program writes', async (route, inlineLimit) => {
  const line = start({ FAN_OUT_INLINE_LIMIT: inlineLimit });
  const url = /ws:\S+/.exec(await line('is listening on'))?.[0];
  const client = new RecordingSocket(`${url}?userId=alice`);
  await client.status;

  client.send({ action: 'broadcast', data: 'hi' });
  const written = JSON.parse(await line(`"route":"${route}"`));

  expect(Object.keys(written)).toEqual(Object.keys(documented(route)));
  expect(Object.keys(written.tally)).toEqual(['delivered', 'gone', 'failed', 'expired']);
  client.socket.terminate();
});

it('follows a frame through the functions by its request id, and a connection by its own', async () => {
  const line = start({ FAN_OUT_INLINE_LIMIT: '0' });
  const url = /ws:\S+/.exec(await line('is listening on'))?.[0];
  const client = new RecordingSocket(`${url}?userId=alice`);
  const admitted = JSON.parse(await line('"route":"authorizer"'));
  const connected = JSON.parse(await line('"route":"$connect"'));
  await client.status;

  client.send({ action: 'broadcast', data: 'hi' });
  const published = JSON.parse(await line('"route":"broadcast"'));
  const pushed = JSON.parse(await line('"route":"fan-out"'));

  expect(pushed.requestIds).toEqual([published.requestId]);
  expect(new Set([admitted, connected, published].map(({ connectionId }) => connectionId)).size).toBe(1);
  client.socket.terminate();
});
