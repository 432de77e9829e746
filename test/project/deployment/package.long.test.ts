import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLambdaApplication } from '../../../src/entry/lambda/handlers/lambda-application.js';
import { bundleSuite } from './suites/bundle.suite.js';
import { deliverySuite } from './suites/delivery.suite.js';
import { numberSuite } from './suites/number.suite.js';
import { permissionSuite } from './suites/permission.suite.js';
import { roleSuite } from './suites/role.suite.js';
import { routeSuite } from './suites/route.suite.js';
import { specificationSuite } from './suites/specification.suite.js';
import { traceSuite } from './suites/trace.suite.js';
import { Serverless } from './support/serverless.js';
import { Stack } from './support/stack.js';

const { authMode }: { authMode(stage: string, chosen?: string): string } = createRequire(import.meta.url)(
  '../../../deploy/settings/auth-mode.cjs',
);

describe('what is packaged', () => {
  let serverless: Serverless;
  let stack: Stack;

  beforeAll(() => {
    serverless = new Serverless();
    const { status, text } = serverless.run(['package', '--package', 'packaged']);
    if (status !== 0) throw new Error(text);
    stack = new Stack(serverless.output);
  });

  afterAll(() => serverless.remove());

  describe('routes', () => routeSuite(() => stack));
  describe('permissions', () => {
    permissionSuite(() => stack);
    roleSuite(() => stack);
  });
  describe('tables and delivery', () => deliverySuite(() => stack));
  describe('numbers and switches', () => numberSuite(() => stack));
  describe('the published specification', () => specificationSuite(() => stack));
  describe('the trace of an error', () => traceSuite(() => serverless.output));
  describe('bundles', () =>
    bundleSuite(
      () => stack,
      () => serverless.output,
    ));
});

describe('who may connect', () => {
  let serverless: Serverless;

  beforeAll(() => {
    serverless = new Serverless();
  });

  afterAll(() => serverless.remove());

  it.each(['prod', 'production'])(
    'a stage named %s refuses to be packaged in guest mode, and says why',
    (stage) => {
      serverless.stage(stage, 'settings: { AUTH_MODE: guest }');

      const { status, text } = serverless.run(['package', '--stage', stage]);

      expect(status).toBe(1);
      expect(text).toContain(`Stage "${stage}" is not packaged with AUTH_MODE=guest`);
      expect(text).not.toContain('    at ');
    },
  );

  it('is limited to clients with a token in prod by default', () => {
    expect(authMode('prod')).toBe('jwt');
  });

  it.each(['prd', 'live', 'Dev', 'testing'])(
    'is limited to clients with a token on a stage named %s',
    (stage) => {
      expect(authMode(stage)).toBe('jwt');
    },
  );

  it.each(['dev', 'local', 'test'])('is anyone on a stage named %s', (stage) => {
    expect(authMode(stage)).toBe('guest');
  });

  it('is anyone on another stage with an explicit setting', () => {
    serverless.stage('live', 'settings: { AUTH_MODE: guest }');

    const { text } = serverless.run(['print', '--stage', 'live', '--path', 'provider.environment.AUTH_MODE']);

    expect(text.trim()).toBe('guest');
  });

  it('is limited to clients with a token in prod when the setting is empty', () => {
    expect(authMode('prod', '')).toBe('jwt');
  });
});

const ISSUER = {
  AUTH_JWKS_URL: 'https://login.example.com/jwks.json',
  AUTH_ISSUER: 'https://login.example.com/',
  AUTH_AUDIENCE: 'switchboard',
};

/** Settings with which no function could start: the stage, its file's settings, and the line that refuses them. */
const REFUSED: [stage: string, settings: Record<string, string>, line: string][] = [
  ['prod', {}, 'AUTH_MODE is jwt, but neither AUTH_JWKS_URL nor AUTH_JWKS_FILE nor AUTH_SECRET is set'],
  ['live', { ...ISSUER, AUTH_ISSUER: '' }, 'AUTH_ISSUER is not set'],
  ['live', { ...ISSUER, AUTH_AUDIENCE: '' }, 'AUTH_AUDIENCE is not set'],
  ['dev', { FRAMES_PER_SECOND: 'ten' }, 'FRAMES_PER_SECOND is not a whole number above 0'],
  ['dev', { RETENTION_DAYS: '31' }, 'RETENTION_DAYS is not a number of days from 1 to 30'],
  ['dev', { RETENTION_DAYS: '0' }, 'RETENTION_DAYS is not a number of days from 1 to 30'],
  ['dev', { AUTH_MODE: 'open' }, 'AUTH_MODE is neither guest nor jwt'],
  ['dev', { ALLOWED_ORIGINS: 'https://a.example,*' }, 'ALLOWED_ORIGINS: This is not an origin: *'],
];

describe('settings that no function could start with', () => {
  let serverless: Serverless;

  beforeAll(() => {
    serverless = new Serverless();
  });

  afterAll(() => serverless.remove());

  it.each(REFUSED)('refuse to be packaged: %s %j', (stage, settings, line) => {
    serverless.stage(stage, JSON.stringify({ settings }));

    const { status, text } = serverless.run(['package', '--stage', stage]);

    expect(status).toBe(1);
    expect(text).toContain(`\n${line}\n`);
    expect(text).not.toContain('    at ');
    expect(() =>
      createLambdaApplication({ ...STACK, AUTH_MODE: stage === 'dev' ? 'guest' : 'jwt', ...settings }),
    ).toThrow(line);
  });

  it('are packaged on any stage once they are complete', () => {
    serverless.stage('live', JSON.stringify({ settings: ISSUER }));

    const { status, text } = serverless.run(['package', '--stage', 'live']);

    expect(text).not.toContain('Error');
    expect(status).toBe(0);
  });
});

/** Values that CloudFormation adds. */
const STACK = {
  CALLBACK_URL: 'https://api.execute-api.eu-west-1.amazonaws.com/dev',
  AWS_REGION: 'eu-west-1',
};
