import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Workers inherit it: the SDK's notice about its next major needs of Node is about no test.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

// Workers inherit it too: where they share the programs that they build.
process.env.PROGRAMS_FOLDER = join(tmpdir(), `switchboard-programs-${process.pid}`);

// Jest does not name what it skips.
if (!process.env.MYSQL_URL) console.warn('The suites of MySQL are skipped: MYSQL_URL names no server.');

export default {
  testEnvironment: 'node',
  globalSetup: '<rootDir>/test/support/programs/prepare-programs.mjs',
  globalTeardown: '<rootDir>/test/support/programs/remove-programs.mjs',
  // Many suites wait for sockets more than they compute; by default one core of two is left idle.
  maxWorkers: 3,
  // In ESM mode each file leaves its modules behind: a worker that has grown collects garbage more than it tests.
  workerIdleMemoryLimit: '800MB',
  // No test is about time: this only ends what waits for something that never comes, on a machine however busy.
  testTimeout: 120_000,
  // What would not fit into six minutes: `npm run test:long`, which CI runs too.
  testPathIgnorePatterns: ['/node_modules/', '\\.long\\.test\\.ts$'],
  roots: ['<rootDir>/test', '<rootDir>/client/test'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'es6' }, sourceMaps: 'inline' },
    ],
  },
};
