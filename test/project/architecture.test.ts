import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const REPOSITORY = resolve(import.meta.dirname, '../..');

/** The rules of `npm run arch`. */
const FOLDERS = ['protocol', 'schemas', 'src', 'gateway', 'client/src', 'demo'];

const cruise = (folder: string, outputType: 'err' | 'json'): { output: string; status: number | null } => {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [
      join(REPOSITORY, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
      ...FOLDERS,
      '--config',
      join(REPOSITORY, '.dependency-cruiser.cjs'),
      '--output-type',
      outputType,
    ],
    { cwd: folder, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' } },
  );
  return { output: stdout + stderr, status };
};

it('every import points inwards', () => {
  const { output } = cruise(REPOSITORY, 'err');

  expect(output).toContain('no dependency violations found');
});

/** Wrong on purpose, one import in each file. */
const FORBIDDEN: [rule: string, from: string, specifier: string][] = [
  ['protocol-imports-nothing', 'protocol/a.ts', '../src/domain/room.js'],
  ['protocol-imports-nothing', 'protocol/b.ts', '../schemas/frames.js'],
  ['protocol-imports-nothing', 'protocol/c.ts', 'zod/mini'],
  ['protocol-imports-nothing', 'protocol/d.ts', 'node:crypto'],
  ['schemas-know-only-protocol-and-zod', 'schemas/a.ts', '../src/domain/room.js'],
  ['schemas-know-only-protocol-and-zod', 'schemas/b.ts', 'pino'],
  ['only-tests-read-what-the-server-says', 'src/entry/lambda/g.ts', '../../../schemas/replies.js'],
  ['client-knows-only-protocol', 'client/src/a.ts', '../../src/domain/room.js'],
  ['client-knows-only-protocol', 'client/src/b.ts', '../../schemas/frames.js'],
  ['client-knows-only-protocol', 'client/src/c.ts', 'zod/mini'],
  ['hooks-know-only-react-and-the-client', 'client/src/react.ts', './emitter.js'],
  ['only-hooks-know-react', 'client/src/d.ts', './react.js'],
  ['page-knows-only-the-client', 'demo/a.js', '../protocol/names.js'],
  ['page-knows-only-the-client', 'demo/b.js', '../client/src/client.js'],
  ['domain-knows-only-protocol', 'src/domain/a.ts', '../application/publish.js'],
  ['domain-knows-only-protocol', 'src/domain/b.ts', 'node:crypto'],
  ['domain-knows-only-protocol', 'src/domain/c.ts', 'zod/mini'],
  ['domain-knows-only-protocol', 'src/domain/d.ts', '../../schemas/frames.js'],
  ['application-points-inwards', 'src/application/a.ts', '../adapters/dynamodb/log.js'],
  ['application-points-inwards', 'src/application/b.ts', '../entry/container.js'],
  ['application-points-inwards', 'src/application/c.ts', 'node:fs/promises'],
  ['application-points-inwards', 'src/application/d.ts', 'pino'],
  ['application-points-inwards', 'src/application/f.ts', '../../schemas/frames.js'],
  ['application-points-inwards', 'src/application/ports/e.ts', '@aws-sdk/client-dynamodb'],
  ['adapters-know-only-ports-and-domain', 'src/adapters/dynamodb/a.ts', '../../entry/lambda/router.js'],
  ['adapters-know-only-ports-and-domain', 'src/adapters/dynamodb/b.ts', '../in-memory/log.js'],
  ['adapters-know-only-ports-and-domain', 'src/adapters/dynamodb/c.ts', '../dynamodb-local/log.js'],
  ['adapters-know-only-ports-and-domain', 'src/adapters/dynamodb/d.ts', '../../application/publish.js'],
  ['adapters-know-only-ports-and-domain', 'src/adapters/dynamodb/g.ts', '../../../schemas/frames.js'],
  ['only-the-bindings-know-the-adapters', 'src/entry/lambda/a.ts', '../../adapters/dynamodb/log.js'],
  ['only-the-bindings-know-the-adapters', 'src/entry/application.ts', '../adapters/dynamodb/log.js'],
  ['only-the-container-imports-inversify', 'src/entry/lambda/b.ts', 'inversify'],
  ['only-the-container-imports-inversify', 'src/adapters/dynamodb/e.ts', 'inversify'],
  ['only-the-container-imports-inversify', 'src/entry/local/a.ts', 'reflect-metadata'],
  ['lambda-knows-nothing-local', 'src/entry/lambda/c.ts', '../local/main.js'],
  ['only-the-local-runtime-uses-development-packages', 'src/entry/lambda/d.ts', 'ws'],
  ['no-undeclared-packages', 'src/adapters/dynamodb/f.ts', '@smithy/core'],
  ['source-stands-alone', 'src/entry/local/b.ts', '../../../test/support.js'],
  ['the-gateway-stands-alone', 'gateway/a.ts', '../src/entry/lambda/router.js'],
  ['the-gateway-stands-alone', 'gateway/b.ts', '../test/support.js'],
  ['only-the-local-runtime-imports-the-gateway', 'src/entry/lambda/e.ts', '../../../gateway/gateway.js'],
  ['no-undeclared-packages', 'gateway/c.ts', '@smithy/core'],
  ['no-circles', 'src/domain/circle.ts', './round.js'],
  ['no-unresolvable', 'src/entry/local/c.ts', './nowhere.js'],
];

/** The arrows of the hexagon, all of them right. */
const ALLOWED: [from: string, specifiers: string[]][] = [
  ['protocol/names.ts', []],
  ['protocol/cursor.ts', ['./names.js']],
  ['schemas/frames.ts', ['../protocol/names.js', 'zod/mini']],
  ['schemas/replies.ts', ['./frames.js']],
  ['client/src/client.ts', ['../../protocol/cursor.js']],
  ['client/src/create-client.ts', ['./client.js']],
  ['demo/app.js', ['./chat.js', './switchboard-client.js']],
  ['demo/chat.js', []],
  ['demo/sidebar/navigation.js', ['../switchboard-client.js']],
  ['src/domain/room.ts', ['../../protocol/names.js']],
  ['src/domain/round.ts', ['./circle.js']],
  ['src/application/ports/log.ts', ['../../domain/room.js']],
  ['src/application/publish.ts', ['./ports/log.js', '../domain/room.js', '../../protocol/names.js']],
  ['src/adapters/in-memory/log.ts', ['../../application/ports/log.js', '../../domain/room.js']],
  ['src/adapters/dynamodb/table/table.ts', ['@aws-sdk/client-dynamodb', 'node:crypto']],
  ['src/adapters/dynamodb/log.ts', ['./table/table.js', '../../application/ports/log.js']],
  ['src/adapters/dynamodb-local/log.ts', ['../../domain/room.js']],
  ['src/entry/bindings/tokens.ts', ['inversify', '../../application/ports/log.js']],
  [
    'src/entry/bindings/stores/on-dynamodb.ts',
    ['inversify', '../tokens.js', '../../../adapters/dynamodb/log.js', '../../../adapters/in-memory/log.js'],
  ],
  ['src/entry/container.ts', ['inversify', './bindings/stores/on-dynamodb.js']],
  ['src/entry/lambda/router.ts', ['../container.js', '../../../schemas/frames.js', 'pino']],
  ['src/entry/lambda/fan-out.ts', ['../../adapters/dynamodb/table/table.js']],
  [
    'src/entry/local/main.ts',
    [
      '../container.js',
      '../lambda/router.js',
      '../../adapters/dynamodb/table/table.js',
      '../../../gateway/gateway.js',
      'ws',
    ],
  ],
  ['gateway/gateway.ts', ['./handshake/admission.js', 'node:http', 'ws']],
  ['gateway/handshake/admission.ts', []],
  ['test/support.ts', []],
];

describe('the rules', () => {
  let folder: string;
  let violations: { rule: string; from: string }[];

  const write = (path: string, specifiers: string[]) => {
    const isScript = path.endsWith('.js');
    const imports = specifiers.map(
      (specifier, n) => `import ${isScript ? '' : 'type '}* as from${n} from '${specifier}';\n`,
    );
    const uses = specifiers.map((_, n) =>
      isScript ? `console.log(from${n});\n` : `export type Use${n} = typeof from${n};\n`,
    );
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), [...imports, ...uses, 'export const value = 1;\n'].join(''));
  };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'switchboard-architecture-'));
    symlinkSync(join(REPOSITORY, 'node_modules'), join(folder, 'node_modules'));
    const dependencies = Object.fromEntries(
      ['@aws-sdk/client-dynamodb', 'inversify', 'pino', 'reflect-metadata', 'zod'].map((name) => [name, '*']),
    );
    const manifest = { type: 'module', dependencies, devDependencies: { ws: '*' } };
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    for (const [from, specifiers] of ALLOWED) write(from, specifiers);
    for (const [, from, specifier] of FORBIDDEN) write(from, [specifier]);

    const { summary } = JSON.parse(cruise(folder, 'json').output);
    violations = summary.violations.map((violation: { rule: { name: string }; from: string }) => ({
      rule: violation.rule.name,
      from: violation.from,
    }));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(FORBIDDEN)('%s: %s must not import %s', (rule, from) => {
    expect(violations).toContainEqual({ rule, from });
  });

  it('let every right import pass', () => {
    const wrong = new Set([...FORBIDDEN.map(([, from]) => from), 'src/domain/round.ts']);

    expect(violations.filter(({ from }) => !wrong.has(from))).toEqual([]);
  });

  it('print the offending import', () => {
    const { output, status } = cruise(folder, 'err');

    expect(output).toMatch(/domain-knows-only-protocol: src\/domain\/a\.ts → src\/application\/publish\.ts/);
    expect(status).not.toBe(0);
  });
});
