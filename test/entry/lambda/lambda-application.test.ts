import { expect, it } from '@jest/globals';
import { USE_CASES } from '../../../src/entry/application.js';
import { createLambdaApplication } from '../../../src/entry/lambda/handlers/lambda-application.js';

const STAGE = { CALLBACK_URL: 'https://api.example/dev', AUTH_MODE: 'guest', LOG_LEVEL: 'silent' };

it('refuses a store that its bundle does not bring', () => {
  expect(() => createLambdaApplication({ ...STAGE, STORE: 'mysql' })).toThrow(
    'STORE mysql needs the bundles of a stage with `store: mysql`',
  );
});

it.each(Object.entries(USE_CASES))('builds %s when it is first used, and once', (name, useCase) => {
  const { application } = createLambdaApplication(STAGE);
  const built = application[name as keyof typeof USE_CASES];

  expect(built).toBeInstanceOf(useCase);
  expect(application[name as keyof typeof USE_CASES]).toBe(built);
});

it('refuses keys that it cannot use before the first token', () => {
  const keys = { AUTH_MODE: 'jwt', AUTH_SECRET: 'short', AUTH_ISSUER: 'issuer', AUTH_AUDIENCE: 'chat' };

  expect(() => createLambdaApplication({ ...STAGE, ...keys })).toThrow('AUTH_SECRET');
});
