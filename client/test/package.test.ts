import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const PACKAGE = resolve('client');
const MAX_GZIPPED_BYTES = 7_000;

const run = async (cwd: string, command: string, ...args: string[]): Promise<string> => {
  const { stdout } = await promisify(execFile)(command, args, { cwd }).catch((error) => {
    throw new Error(`${command} ${args.join(' ')}\n${error.stdout}\n${error.stderr}`);
  });
  return stdout;
};

const USE = `
import { createClient, SwitchboardError, type ErrorCode, type Message } from 'switchboard-client';

interface Chat { readonly text: string }

export const use = async (): Promise<void> => {
  const client = createClient<{ psst: string }, string>('wss://example.test/dev', { token: async () => 'token' });
  const room = client.room<Chat>('lobby');
  const off: () => void = room.on('message', ({ from, data, offset }) => console.log(from, data.text, offset + 1));
  room.on('presence', ({ joined, left }) => console.log(joined.length, left.length));
  room.on('reset', ({ reason, epoch, offset }) => console.log(reason === 'too_old', epoch, offset));
  room.on('error', ({ code }) => console.log(code === 'forbidden'));
  client.on('state', (state, error) => console.log(state === 'catching-up', error?.code));
  client.inbox.on('message', ({ data }) => console.log(data.psst));
  client.everyone.on('message', ({ data }) => console.log(data.toUpperCase()));
  await room.join();
  const { offset, epoch }: { offset: number; epoch: string } = await room.publish({ text: 'hi' });
  await client.send('bob', { psst: 'hi' });
  await client.broadcast('maintenance at ten');
  for await (const page of room.history({ limit: 10 })) page.map((message: Message<Chat>) => message.data.text);
  const members: readonly string[] = await room.members();
  const code: ErrorCode = new SwitchboardError('timeout', 'Too late').code;
  off();
  await client.close();
  console.log(offset, epoch, members, code);

  // @ts-expect-error: no such event
  room.on('massage', () => {});
  // @ts-expect-error: another type of data
  await room.publish({ txet: 'hi' });
  // @ts-expect-error: no such code
  if (code === 'time_out') return;
  // @ts-expect-error: nobody joins the inbox
  await client.inbox.join();
};
`;

// As a stranger has it: no DOM, no Node, and the declarations checked like his own code.
const tsconfig = (resolution: object) => ({
  compilerOptions: {
    target: 'ES2022',
    lib: ['ES2022'],
    ...resolution,
    strict: true,
    noEmit: true,
    types: [],
    skipLibCheck: false,
  },
  files: ['use.ts', 'globals.d.ts'],
});

describe('The package', () => {
  let project: string;
  beforeAll(async () => {
    project = await mkdtemp(join(tmpdir(), 'switchboard-client-'));
    await run(PACKAGE, 'npm', 'run', '--silent', 'build');
    await run(PACKAGE, 'npm', 'pack', '--silent', '--pack-destination', project);
    await writeFile(join(project, 'package.json'), '{ "private": true, "type": "module" }');
    const flags = ['--offline', '--no-audit', '--no-fund', '--silent'];
    await run(project, 'npm', 'install', ...flags, './switchboard-client-0.1.0.tgz');
  }, 60_000);
  afterAll(() => rm(project, { recursive: true, force: true }));

  it(`is less than ${MAX_GZIPPED_BYTES} bytes of code, gzipped`, async () => {
    const code = await readFile(join(PACKAGE, 'dist/switchboard-client.js'));

    expect(gzipSync(code, { level: 9 }).length).toBeLessThan(MAX_GZIPPED_BYTES);
  });

  it('depends on nothing', async () => {
    const installed = JSON.parse(await run(project, 'npm', 'ls', '--all', '--json'));
    const code = await readFile(join(PACKAGE, 'dist/switchboard-client.js'), 'utf8');

    expect(Object.keys(installed.dependencies)).toEqual(['switchboard-client']);
    expect(installed.dependencies['switchboard-client'].dependencies).toBeUndefined();
    expect(code).not.toMatch(/\bimport\b|\brequire\(/);
  });

  it('can be imported in an empty project', async () => {
    const program = `
      import { createClient, SwitchboardError } from 'switchboard-client';
      const sockets = [];
      class WebSocket { constructor(url) { sockets.push(url); } close() { this.onclose(); } }
      const client = createClient('ws://example.test/dev', { WebSocket, userId: 'alice' });
      await null; await null;
      const joining = client.room('lobby').join().catch((error) => error);
      await client.close();
      const error = await joining;
      console.log(JSON.stringify([sockets, client.state, error instanceof SwitchboardError, error.code]));
    `;
    await writeFile(join(project, 'use.mjs'), program);

    const printed = JSON.parse(await run(project, process.execPath, 'use.mjs'));

    expect(printed).toEqual([['ws://example.test/dev?userId=alice'], 'closed', true, 'closed']);
  });

  it.each([{ module: 'NodeNext' }, { module: 'ESNext', moduleResolution: 'Bundler' }])(
    'has types for all of it, of its own alone, with $module',
    async (resolution) => {
      await writeFile(join(project, 'use.ts'), USE);
      await writeFile(
        join(project, 'globals.d.ts'),
        'declare const console: { log(...args: unknown[]): void };',
      );
      await writeFile(join(project, 'tsconfig.json'), JSON.stringify(tsconfig(resolution)));

      expect(await run(project, resolve('node_modules/.bin/tsc'), '-p', '.')).toBe('');
    },
    30_000,
  );

  it('holds what it needs and nothing else', async () => {
    const [{ files }] = JSON.parse(await run(PACKAGE, 'npm', 'pack', '--dry-run', '--json'));
    const paths: string[] = files.map(({ path }: { path: string }) => path);

    expect(paths).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'package.json']));
    expect(
      paths.filter(
        (path) => !/^(dist\/([a-z-]+\/)*[a-z-]+\.(d\.ts|js)|LICENSE|README\.md|package\.json)$/.test(path),
      ),
    ).toEqual([]);
  });
});
