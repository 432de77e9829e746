import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bundleSuite } from './bundle.suite.js';
import { deliverySuite } from './delivery.suite.js';
import { permissionSuite } from './permission.suite.js';
import { routeSuite } from './route.suite.js';
import { Serverless } from './serverless.js';
import { Stack } from './stack.js';
import { traceSuite } from './trace.suite.js';

describe('what is packaged', () => {
  let serverless: Serverless;
  let stack: Stack;

  beforeAll(() => {
    serverless = new Serverless();
    const { status, text } = serverless.run(['package', '--package', 'packaged']);
    if (status !== 0) throw new Error(text);
    stack = new Stack(serverless.output);
  }, 120_000);

  afterAll(() => serverless.remove());

  describe('routes', () => routeSuite(() => stack));
  describe('permissions', () => permissionSuite(() => stack));
  describe('tables and delivery', () => deliverySuite(() => stack));
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
      const { status, text } = serverless.run(['package', '--stage', stage], { AUTH_MODE: 'guest' });

      expect(status).toBe(1);
      expect(text).toContain(`Stage "${stage}" is not packaged with AUTH_MODE=guest`);
      expect(text).not.toContain('    at ');
    },
  );

  it('an unknown mode is refused by name', () => {
    const { status, text } = serverless.run(['package'], { AUTH_MODE: 'open' });

    expect(status).toBe(1);
    expect(text).toContain('AUTH_MODE is "open", but must be guest or jwt.');
  });

  it('is limited to clients with a token in prod by default', () => {
    const { text } = serverless.run(['print', '--stage', 'prod', '--path', 'provider.environment.AUTH_MODE']);

    expect(text.trim()).toBe('jwt');
  });

  it('is limited to clients with a token in prod when the variable is empty', () => {
    const { text } = serverless.run(
      ['print', '--stage', 'prod', '--path', 'provider.environment.AUTH_MODE'],
      {
        AUTH_MODE: '',
      },
    );

    expect(text.trim()).toBe('jwt');
  });
});
