import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Serverless } from './support/serverless.js';

type Framework = { resolveVariable(name: string): Promise<string> };

let serverless: Serverless;
let environment: (framework: Framework) => Promise<Record<string, unknown>>;

beforeAll(() => {
  serverless = new Serverless();
  environment = createRequire(import.meta.url)(join(serverless.folder, 'deploy/functions/environment.cjs'));
});
afterAll(() => serverless.remove());

const rateOf = async (region: string, file: string): Promise<unknown> => {
  serverless.stage('test', file);
  const variables = new Map([
    ['sls:stage', 'test'],
    ['self:provider.region', region],
  ]);
  const { PUSHES_PER_SECOND } = await environment({
    resolveVariable: async (name) => variables.get(name) ?? '',
  });
  return PUSHES_PER_SECOND;
};

it.each([
  ['eu-west-1', '{}', '8000'],
  ['eu-south-1', '{}', '2000'],
  ['mx-central-1', '{}', '2000'],
  ['eu-south-1', 'requestQuota: 20000', '16000'],
  ['eu-west-1', 'settings: { PUSHES_PER_SECOND: 500 }', '500'],
])('pieces in %s, with %s, push %s a second', async (region, file, expected) => {
  expect(await rateOf(region, file)).toBe(expected);
});
