import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const REPOSITORY = resolve(import.meta.dirname, '../..');

const cruise = (folder: string, outputType: 'err' | 'json'): { output: string; status: number | null } => {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [
      join(REPOSITORY, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
      'src',
      'gateway',
      '--config',
      join(REPOSITORY, '.dependency-cruiser.cjs'),
      '--output-type',
      outputType,
    ],
    { cwd: folder, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' } },
  );
  return { output: stdout + stderr, status };
};

it('every import in src and gateway is allowed', () => {
  const { output } = cruise(REPOSITORY, 'err');

  expect(output).toContain('no dependency violations found');
});

/** Wrong on purpose, one import in each file. */
const FORBIDDEN: [rule: string, from: string, specifier: string][] = [
  ['domain-imports-only-domain', 'src/domain/a.ts', '../application/publish.js'],
  ['domain-imports-only-domain', 'src/domain/b.ts', 'node:crypto'],
  ['domain-imports-only-domain', 'src/domain/c.ts', 'zod/mini'],
  ['application-points-inwards', 'src/application/a.ts', '../adapters/dynamodb/log.js'],
  ['application-points-inwards', 'src/application/b.ts', '../entry/container.js'],
  ['application-points-inwards', 'src/application/c.ts', 'node:fs/promises'],
  ['application-points-inwards', 'src/application/d.ts', 'pino'],
  ['application-points-inwards', 'src/application/ports/e.ts', '@aws-sdk/client-dynamodb'],
  ['adapters-know-only-ports-and-domain', 'src/adapters/dynamodb/a.ts', '../../entry/lambda/router.js'],
  ['adapters-know-only-ports-and-domain', 'src/adapters/dynamodb/b.ts', '../in-memory/log.js'],
  ['adapters-know-only-ports-and-domain', 'src/adapters/dynamodb/c.ts', '../dynamodb-local/log.js'],
  ['adapters-know-only-ports-and-domain', 'src/adapters/dynamodb/d.ts', '../../application/publish.js'],
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
  ['src/domain/room.ts', []],
  ['src/domain/round.ts', ['./circle.js']],
  ['src/application/ports/log.ts', ['../../domain/room.js']],
  ['src/application/publish.ts', ['./ports/log.js', '../domain/room.js']],
  ['src/adapters/in-memory/log.ts', ['../../application/ports/log.js', '../../domain/room.js']],
  ['src/adapters/dynamodb/table.ts', ['@aws-sdk/client-dynamodb', 'node:crypto']],
  ['src/adapters/dynamodb/log.ts', ['./table.js', '../../application/ports/log.js']],
  ['src/adapters/dynamodb-local/log.ts', ['../../domain/room.js']],
  ['src/entry/bindings/tokens.ts', ['inversify', '../../application/ports/log.js']],
  [
    'src/entry/bindings/on-dynamodb.ts',
    ['inversify', './tokens.js', '../../adapters/dynamodb/log.js', '../../adapters/in-memory/log.js'],
  ],
  ['src/entry/container.ts', ['inversify', './bindings/on-dynamodb.js']],
  ['src/entry/lambda/router.ts', ['../container.js', '../../application/publish.js', 'pino']],
  ['src/entry/lambda/fan-out.ts', ['../../adapters/dynamodb/table.js']],
  [
    'src/entry/local/main.ts',
    [
      '../container.js',
      '../lambda/router.js',
      '../../adapters/dynamodb/table.js',
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
    const imports = specifiers.map((specifier, n) => `import type * as from${n} from '${specifier}';\n`);
    const uses = specifiers.map((_, n) => `export type Use${n} = typeof from${n};\n`);
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

    expect(output).toMatch(/domain-imports-only-domain: src\/domain\/a\.ts → src\/application\/publish\.ts/);
    expect(status).not.toBe(0);
  });
});
