export default {
  testEnvironment: 'node',
  // Many suites wait for sockets more than they compute; by default one core of two is left idle.
  maxWorkers: 3,
  // No test is about time: this only ends what waits for something that never comes.
  testTimeout: 60_000,
  roots: ['<rootDir>/test'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'es6' }, sourceMaps: 'inline' },
    ],
  },
};
