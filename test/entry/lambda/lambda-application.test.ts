import { expect, it } from '@jest/globals';
import { createLambdaApplication } from '../../../src/entry/lambda/lambda-application.js';

it('refuses a store that functions cannot use', () => {
  expect(() => createLambdaApplication({ STORE: 'mysql', CALLBACK_URL: 'https://api.example/dev' })).toThrow(
    'STORE mysql is for the local program: functions run on dynamodb',
  );
});
