import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runInWorker, WORKER } from '../test/support/worker.js';

const TOOLS = ['vite@7.1.12', 'webpack@5.102.1', 'webpack-cli@6.0.1', 'typescript@5.9.3'];
const MINUTES = 60_000;

const run = async (cwd: string, command: string, ...args: string[]): Promise<string> => {
  const { stdout } = await promisify(execFile)(command, args, { cwd }).catch((error) => {
    throw new Error(`${command} ${args.join(' ')}\n${error.stdout}\n${error.stderr}`);
  });
  return stdout;
};

// Installs tools, so it is no part of `npm test`: `npm run client:tools`.
describe('The packed client', () => {
  let project: string;
  beforeAll(async () => {
    project = await mkdtemp(join(tmpdir(), 'switchboard-tools-'));
    await writeFile(join(project, 'package.json'), '{ "private": true }');
    await run(resolve('.'), 'npm', 'pack', './client', '--silent', '--pack-destination', project);
    const flags = ['--no-audit', '--no-fund', '--silent'];
    const { version } = JSON.parse(await readFile('client/package.json', 'utf8'));
    await run(project, 'npm', 'install', ...flags, `./switchboard-client-${version}.tgz`, ...TOOLS);
    await writeFile(join(project, 'worker.js'), WORKER);
  }, 5 * MINUTES);
  afterAll(() => rm(project, { recursive: true, force: true }));

  const bin = (name: string) => join(project, 'node_modules/.bin', name);

  it(
    'is bundled by Vite',
    async () => {
      const config = `export default { build: { lib: { entry: 'worker.js', formats: ['iife'], name: 'app', fileName: () => 'vite.js' } } };`;
      await writeFile(join(project, 'vite.config.mjs'), config);

      await run(project, bin('vite'), 'build', '--logLevel', 'error');

      const bundle = await readFile(join(project, 'dist/vite.js'), 'utf8');
      expect(await runInWorker(bundle)).toEqual(['ws://example.test/dev?userId=alice']);
    },
    2 * MINUTES,
  );

  it(
    'is bundled by webpack 5',
    async () => {
      await run(project, bin('webpack'), '--mode', 'production', '--entry', './worker.js', '-o', 'packed');

      const bundle = await readFile(join(project, 'packed/main.js'), 'utf8');
      expect(await runInWorker(bundle)).toEqual(['ws://example.test/dev?userId=alice']);
    },
    2 * MINUTES,
  );

  it.each([
    { module: 'CommonJS', moduleResolution: 'Node10', file: 'use.ts' },
    { module: 'Node16', moduleResolution: 'Node16', file: 'use.mts' },
    { module: 'Node16', moduleResolution: 'Node16', file: 'use.cts' },
    { module: 'NodeNext', moduleResolution: 'NodeNext', file: 'use.ts' },
    { module: 'ESNext', moduleResolution: 'Bundler', file: 'use.ts' },
  ])(
    'has types for TypeScript 5 with $moduleResolution in $file',
    async ({ file, ...resolution }) => {
      const program = `
        import { createClient, SwitchboardError, type Message } from 'switchboard-client';
        export const last = (error: SwitchboardError): string => error.code;
        export const client = createClient<Record<string, never>, string>('ws://example.test/dev');
        client.inbox.on('message', ({ data }: Message<string>) => data.toUpperCase());
        // @ts-expect-error: no such state
        if (client.state === 'lively') client.connect();
      `;
      await writeFile(join(project, file), program);
      const compilerOptions = {
        ...resolution,
        target: 'ES2022',
        lib: ['ES2022'],
        strict: true,
        noEmit: true,
        types: [],
      };
      await writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [file] }));

      expect(await run(project, bin('tsc'), '-p', '.')).toBe('');
    },
    MINUTES,
  );
});
