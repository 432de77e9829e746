import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Serverless } from './support/serverless.js';

let serverless: Serverless;
let readStage: (name: string, shell: Record<string, string>) => Record<string, unknown>;

beforeAll(() => {
  serverless = new Serverless();
  ({ readStage } = createRequire(import.meta.url)(join(serverless.folder, 'deploy/settings/read-stage.cjs')));
});

afterAll(() => serverless.remove());

const stage = (file: string, shell = {}) => {
  serverless.stage('test', file);
  return readStage('test', shell);
};

it('a setting comes from the file of the stage, and one that the file omits from the defaults', () => {
  expect(stage('settings: { FRAMES_AT_ONCE: 7 }\nmemory: 1024')).toMatchObject({
    memory: 1024,
    logRetentionDays: 30,
    settings: { FRAMES_AT_ONCE: '7', FRAMES_PER_SECOND: '10' },
  });
});

it('a shell variable that differs is refused by name', () => {
  const shell = { FRAMES_AT_ONCE: '8', LOG_LEVEL: 'debug', AUTH_ISSUER: '' };

  expect(() => stage('settings: { FRAMES_AT_ONCE: 7 }', shell)).toThrow(
    [
      'FRAMES_AT_ONCE is "8" in this shell, but "7" for the stage.',
      'LOG_LEVEL is "debug" in this shell, but "info" for the stage.',
      'Write it to deploy/stages/test.yml, or unset the variable.',
    ].join('\n'),
  );
});

it('a shell variable with the same value is accepted', () => {
  expect(() => stage('settings: { FRAMES_AT_ONCE: 7 }', { FRAMES_AT_ONCE: '7' })).not.toThrow();
});

it.each([
  ['settings: { FRAMES: 7 }', 'settings.FRAMES is not a setting of a stage'],
  ['settings: { AUTH_SECRET: abc }', 'settings.AUTH_SECRET is not a setting of a stage'],
  ['memry: 7', 'memry is not a setting of a stage'],
  ['throttle: { rate: 0, burst: 1 }', 'throttle.rate is not a whole number from 1 to 1000000'],
  ['throttle: { rate: 10, burst: 5001 }', 'throttle.burst is not a whole number from 1 to 5000'],
  ['logRetentionDays: 31', 'logRetentionDays is none of 1, 3, 5'],
  ['accessLogs: maybe', 'accessLogs is neither on nor off'],
])('a file with %j is refused, and its line named', (file, line) => {
  expect(() => stage(file)).toThrow(`deploy/stages/test.yml: ${line}`);
});

it.each([
  ['a tab', 'settings:\n\tMEMORY: 1'],
  ['a name twice', 'service: a\nservice: b'],
  ['two documents', 'memory: 128\n---\n'],
  ['a reference to nothing', 'settings: *other'],
])('a file that is not YAML is refused in one line: %s', (_, file) => {
  const refusal = (() => {
    try {
      return stage(file);
    } catch (error) {
      return error;
    }
  })();

  expect(refusal).toMatchObject({
    message: expect.stringMatching(/^deploy\/stages\/test.yml is not YAML: .+$/),
    stack: undefined,
  });
});

it.each(['a/b', '../test', '', 'with space', '-x', 'ä', 'a_b'])(
  'a stage cannot be called %j, of which no stack can be made',
  (name) => {
    expect(() => readStage(name, {})).toThrow('is not named with letters, digits and hyphens');
  },
);

it('service and stage fit into the name of every function', () => {
  const service = 's'.repeat(40);
  expect(`${service}-short-count-connections`).toHaveLength(64);

  expect(readStage('short', { SERVICE: service })).toMatchObject({ service });
  expect(() => readStage('longer', { SERVICE: service })).toThrow('45 letters together');
});

it('the file names the service, or the shell does, so that two teams can share an account', () => {
  expect(stage('', { SERVICE: 'team-chat' }).service).toBe('team-chat');
  expect(stage('service: support').service).toBe('support');
  expect(() => stage('service: support', { SERVICE: 'team-chat' })).toThrow('SERVICE is "team-chat"');
});

it('the packager refuses without a stack', () => {
  serverless.stage('test', 'routes: { shout: { rate: 1, burst: 1 } }');

  const { status, text } = serverless.run(['print', '--stage', 'test']);

  expect(status).toBe(1);
  expect(text).toContain('deploy/stages/test.yml: routes.shout is none of $connect, $disconnect');
  expect(text).not.toContain('    at ');
});

it('an emulator is called back below its own address', () => {
  const args = ['--path', 'provider.environment.CALLBACK_URL', '--param', 'endpoint=http://127.0.0.1:4566'];

  const { text } = serverless.run(['print', '--stage', 'dev', ...args]);

  expect(text).toMatch(/http:\/\/127\.0\.0\.1:4566\/_aws\/execute-api\/\$\{WebsocketsApi\}\/dev$/m);
});
