import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { runSwitchboard } from './e2e/support/run-switchboard.js';
import { otherProject, PACKAGE, run, tsconfig } from './support/other-project.js';
import { PACKAGE_START } from './support/package-start.js';
import { packageTalk } from './support/package-talk.js';
import { PACKAGE_USE } from './support/package-use.js';
import { runInWorker, WORKER } from './support/worker.js';

/** Without live members, their states and signals it would be about 8,300: the README says why they are in the same file. */
const MAX_GZIPPED_BYTES = 9_500;
/** A bundler shortens the names again, and knows less than the build of the package. */
const MAX_REBUNDLED_BYTES = 10_000;

const gzipped = (code: string | Uint8Array): number => gzipSync(code, { level: 9 }).length;

describe('The package', () => {
  let project: string;
  beforeAll(async () => {
    project = await otherProject();
  });
  afterAll(() => rm(project, { recursive: true, force: true }));

  it(`is less than ${MAX_GZIPPED_BYTES} bytes of code, gzipped`, async () => {
    const code = await readFile(join(PACKAGE, 'dist/switchboard-client.js'));

    expect(gzipped(code)).toBeLessThan(MAX_GZIPPED_BYTES);
  });

  it(`is less than ${MAX_REBUNDLED_BYTES} bytes of a page, gzipped, as its bundler minifies it`, async () => {
    const { outputFiles } = await build({
      stdin: { contents: "export { createClient } from 'switchboard-client';", resolveDir: project },
      bundle: true,
      minify: true,
      platform: 'browser',
      format: 'esm',
      write: false,
    });

    expect(gzipped(String(outputFiles[0]?.text))).toBeLessThan(MAX_REBUNDLED_BYTES);
  });

  it('tells tools where everything is', async () => {
    const manifest = JSON.parse(await readFile(join(PACKAGE, 'package.json'), 'utf8'));

    expect(manifest).toMatchObject({ type: 'module', sideEffects: false, license: 'MIT' });
    expect(manifest.repository).toMatchObject({ type: 'git', directory: 'client' });
    expect(manifest.keywords.length).toBeGreaterThan(3);
    for (const path of [manifest.main, manifest.module, manifest.types])
      expect(await readFile(join(PACKAGE, path), 'utf8')).not.toBe('');
  });

  it.each(['dist', 'dist/cjs'])('has a source map that leads to the source: %s', async (folder) => {
    const code = await readFile(join(PACKAGE, folder, 'switchboard-client.js'), 'utf8');
    const map = JSON.parse(await readFile(join(PACKAGE, folder, 'switchboard-client.js.map'), 'utf8'));

    expect(code).toMatch(/\/\/# sourceMappingURL=switchboard-client\.js\.map\s*$/);
    const at = map.sources.findIndex((source: string) => source.endsWith('src/create-client.ts'));
    expect(map.sourcesContent[at]).toBe(await readFile(join(PACKAGE, 'src/create-client.ts'), 'utf8'));
    expect(map.mappings).not.toBe('');
  });

  it('depends on nothing', async () => {
    const installed = JSON.parse(await run(project, 'npm', 'ls', '--all', '--json'));
    const code = await readFile(join(PACKAGE, 'dist/switchboard-client.js'), 'utf8');

    expect(Object.keys(installed.dependencies)).toEqual(['switchboard-client']);
    // Named, for those who use it, and not installed.
    expect(installed.dependencies['switchboard-client'].dependencies).toEqual({ react: {} });
    expect(code).not.toMatch(/\bimport\b|\brequire\(/);
  });

  it('can be imported in an empty project', async () => {
    await writeFile(join(project, 'use.mjs'), PACKAGE_START);

    const printed = JSON.parse(await run(project, process.execPath, 'use.mjs'));

    expect(printed).toEqual([['ws://example.test/dev?userId=alice'], 'closed', true, 'closed']);
  });

  it.each(['import', 'require'])('has hooks for React of one file, by `%s`', async (how) => {
    const manifest = JSON.parse(await readFile(join(PACKAGE, 'package.json'), 'utf8'));
    const { types, default: file } = manifest.exports['./react'][how];
    const code = await readFile(join(PACKAGE, file), 'utf8');

    expect(await readFile(join(PACKAGE, types), 'utf8')).toContain('useConnection');
    expect(manifest.peerDependenciesMeta.react).toEqual({ optional: true });
    const [first, second, ...more] = code.match(/(?<=from|require\()"[^"]+"/g) ?? [];
    expect([first, second, more]).toEqual(['"react"', '"./switchboard-client.js"', []]);
  });

  it('talks to a server: shortened names and all', async () => {
    const server = await runSwitchboard();
    const program = packageTalk(pathToFileURL(resolve('node_modules/ws/wrapper.mjs')).href);
    await writeFile(join(project, 'talk.mjs'), program);

    const printed = await run(project, process.execPath, 'talk.mjs', server.url).finally(() => server.stop());

    expect(JSON.parse(printed)).toEqual([
      [2, 3, 4],
      2,
      4,
      'unknown_action',
      'aborted',
      'unauthenticated',
      'live',
    ]);
  }, 30_000);

  it('can be required', async () => {
    const program = `
      const { createClient, SwitchboardError } = require('switchboard-client');
      console.log(typeof createClient, new SwitchboardError('timeout', 'Too late') instanceof Error);
    `;
    await writeFile(join(project, 'use.cjs'), program);

    expect(await run(project, process.execPath, 'use.cjs')).toBe('function true\n');
  });

  it('can be imported without the platform’s globals, as on a server that renders pages', async () => {
    const program = `
      for (const name of ['WebSocket', 'crypto', 'fetch']) delete globalThis[name];
      const { createClient } = await import('switchboard-client');
      try { createClient('ws://example.test/dev'); } catch ({ code }) { console.log(code); }
    `;
    await writeFile(join(project, 'render.mjs'), program);

    expect(await run(project, process.execPath, 'render.mjs')).toBe('no_websocket\n');
  });

  it('runs in Jest in CommonJS', async () => {
    const folder = join(project, 'jest');
    await mkdir(folder, { recursive: true });
    const test = `
      const { createClient } = require('switchboard-client');
      test('exists', () => expect(typeof createClient).toBe('function'));
    `;
    await writeFile(join(folder, 'use.test.cjs'), test);
    await writeFile(join(folder, 'jest.config.json'), '{ "testMatch": ["**/*.test.cjs"], "transform": {} }');

    await run(folder, process.execPath, resolve('node_modules/jest/bin/jest.js'), '--ci');
  });

  it('is bundled by esbuild, and runs in a worker, which has neither window nor document', async () => {
    await writeFile(join(project, 'worker.js'), WORKER);
    const { outputFiles } = await build({
      entryPoints: [join(project, 'worker.js')],
      bundle: true,
      platform: 'browser',
      format: 'iife',
      write: false,
    });

    expect(await runInWorker(String(outputFiles[0]?.text))).toEqual(['ws://example.test/dev?userId=alice']);
  });

  it.each([
    { module: 'NodeNext', file: 'use.ts' },
    { module: 'NodeNext', file: 'use.cts' },
    { module: 'Node16', file: 'use.mts' },
    { module: 'Node16', file: 'use.cts' },
    { module: 'ESNext', moduleResolution: 'Bundler', file: 'use.ts' },
  ])(
    'has self-contained types for everything, with $module in $file',
    async ({ file, ...resolution }) => {
      await writeFile(join(project, file), PACKAGE_USE);
      await writeFile(
        join(project, 'globals.d.ts'),
        'declare const console: { log(...args: unknown[]): void };',
      );
      await writeFile(join(project, 'tsconfig.json'), JSON.stringify(tsconfig(resolution, file)));

      expect(await run(project, resolve('node_modules/.bin/tsc'), '-p', '.')).toBe('');
    },
    30_000,
  );

  it('contains only the files it needs', async () => {
    const [{ files }] = JSON.parse(
      await run(PACKAGE, 'npm', 'pack', '--dry-run', '--json', '--ignore-scripts'),
    );
    const paths: string[] = files.map(({ path }: { path: string }) => path);

    expect(paths).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'package.json']));
    expect(
      paths.filter(
        (path) =>
          !/^(dist\/(cjs\/)?(types\/(client\/src|protocol)\/([a-z-]+\/)?[a-z-]+\.d\.ts|(switchboard-client|react)\.js(\.map)?)|dist\/cjs\/package\.json|LICENSE|README\.md|package\.json)$/.test(
            path,
          ),
      ),
    ).toEqual([]);
  });
});
