import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bundleSuite } from './bundle.suite.js';
import { deliverySuite } from './delivery.suite.js';
import { permissionSuite } from './permission.suite.js';
import { routeSuite } from './route.suite.js';
import { Serverless } from './serverless.js';
import { Stack } from './stack.js';

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

  it('is whoever has a token where nothing is said in prod', () => {
    const { text } = serverless.run(['print', '--stage', 'prod', '--path', 'provider.environment.AUTH_MODE']);

    expect(text.trim()).toBe('jwt');
  });

  it('is whoever has a token where prod gets an empty variable', () => {
    const { text } = serverless.run(
      ['print', '--stage', 'prod', '--path', 'provider.environment.AUTH_MODE'],
      {
        AUTH_MODE: '',
      },
    );

    expect(text.trim()).toBe('jwt');
  });
});
