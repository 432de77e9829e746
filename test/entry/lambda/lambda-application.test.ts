import { expect, it } from '@jest/globals';
import { createLambdaApplication } from '../../../src/entry/lambda/handlers/lambda-application.js';

it('refuses a store that is not in its bundle', () => {
  expect(() => createLambdaApplication({ STORE: 'mysql', CALLBACK_URL: 'https://api.example/dev' })).toThrow(
    'STORE mysql needs the bundles of a stage with `store: mysql`',
  );
});
