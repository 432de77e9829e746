import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Stack } from '../support/stack.js';
import { unzip } from '../support/unzip.js';

const PROBE = `
const { handler } = require(process.argv[1]);
console.log(typeof handler, handler.length);
`;

const NAMES = [
  'router',
  'authorizer',
  'fanOut',
  'pieces',
  'publish',
  'disconnectUser',
  'removeUser',
  'eraseRoom',
  'eraseInbox',
  'countConnections',
];

/** Lambda passes the role's credentials in the environment, where the SDK looks first. */
const ELSEWHERE = /\/credential-provider-(http|imds|ini|process|sso|web-identity)$/;

const MEBIBYTE = 1024 * 1024;

/** The value that CloudFormation puts in the place of a reference. */
const resolved = (variable: string): string =>
  variable.endsWith('_URL')
    ? 'https://api.execute-api.eu-west-1.amazonaws.com/dev'
    : 'switchboard-dev-Table-1A2B3C';

export const bundleSuite = (stack: () => Stack, packaged: () => string): void =>
  describe.each(NAMES)('%s', (name) => {
    const entries = new Map<string, Buffer>();
    let path: string;
    let code: string;

    beforeAll(() => {
      for (const [entry, content] of unzip(join(packaged(), `${name}.zip`))) entries.set(entry, content);
      const [[file, content] = ['', Buffer.alloc(0)]] = entries;
      code = content.toString();
      path = join(packaged(), name, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
      // As on Lambda, without a package.json that makes `.js` a module.
      writeFileSync(join(dirname(path), 'package.json'), '{}');
    });

    const properties = () => stack().one(`${name[0]?.toUpperCase()}${name.slice(1)}LambdaFunction`);

    it('is one file without a source map, where the function looks for it', () => {
      expect([...entries.keys()]).toEqual([`${String(properties().Handler).replace(/\.handler$/, '')}.js`]);
      expect(code.includes('sourceMappingURL=')).toBe(false);
    });

    it('needs only Node, and packages for credentials on a laptop', () => {
      // `[require('…')]` stands in advice that the SDK gives in error messages.
      const needed = [...code.matchAll(/(?<!\[)\b(?:require|import)\(["']([^"']+)["']\)/g)].map(([, name]) =>
        String(name),
      );

      expect(needed).toContain('node:https');
      // The Node that runs the tests may be older than the functions' own, and lack some of its modules.
      const others = needed.filter((name) => !name.startsWith('node:') && !isBuiltin(name));
      expect(others.filter((name) => !ELSEWHERE.test(name))).toEqual([]);
    });

    it('contains the AWS SDK', () => {
      expect(code).toContain('DynamoDB_20120810');
    });

    it('contains no driver of MySQL', () => {
      expect(code).not.toMatch(/mysql2|caching_sha2_password|switchboard_append/);
    });

    it('contains no development packages', () => {
      expect(code).not.toMatch(/dynalite|permessage-deflate|@jest|fast-check/);
    });

    it('is less than a mebibyte', () => {
      expect(Buffer.byteLength(code)).toBeLessThan(MEBIBYTE);
    });

    it('loads in plain Node with the configuration of the stack, and exports an async handler', () => {
      const { Variables } = properties().Environment as { Variables: Record<string, unknown> };
      const env = Object.fromEntries(
        Object.entries(Variables).map(([key, value]) => [
          key,
          typeof value === 'string' ? value : resolved(key),
        ]),
      );
      const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', PROBE, path], {
        encoding: 'utf8',
        env: { ...env, AWS_REGION: 'eu-west-1', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
      });

      expect(stderr).toBe('');
      expect(status).toBe(0);
      // Lambda refuses a handler with a third parameter, the old callback, on Node 24.
      expect(stdout.trim()).toMatch(/^function [012]$/);
    });
  });
