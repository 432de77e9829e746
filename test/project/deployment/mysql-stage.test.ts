import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { Serverless } from './serverless.js';

const EXAMPLE = parse(
  readFileSync(new URL('../../../deploy/stages/example-mysql.yml', import.meta.url), 'utf8'),
);

const serverless = new Serverless();
afterAll(() => serverless.remove());

const load = createRequire(import.meta.url);
const { readStage }: { readStage(name: string, shell: object): object } = load(
  join(serverless.folder, 'deploy/read-stage.cjs'),
);
const {
  refuseOtherStore,
}: { refuseOtherStore(stage: object, provider: object, params: string[]): Promise<void> } = load(
  join(serverless.folder, 'deploy/mysql/refuse-other-store.cjs'),
);

const stage = (change: object) => {
  serverless.stage('live', stringify({ ...EXAMPLE, ...change }));
  return () => readStage('live', {});
};

const { reservedConcurrency: reserved, settings, mysql } = EXAMPLE;
const { authorizer: _, ...withoutAuthorizer } = reserved;

it.each([
  [
    'no reserved concurrency',
    { reservedConcurrency: {} },
    '`store: mysql` needs reservedConcurrency for router, authorizer, pieces, publish, disconnectUser, removeUser, eraseRoom, eraseInbox, expiry: each instance holds a connection',
  ],
  [
    'no reserved concurrency of the authorizer, which stores tokens that are good once',
    { reservedConcurrency: withoutAuthorizer },
    '`store: mysql` needs reservedConcurrency for authorizer: each instance holds a connection',
  ],
  [
    'more instances than connections',
    { mysql: { ...mysql, maxConnections: 251 } },
    'reservedConcurrency lets functions hold 252 connections, more than mysql.maxConnections, 251',
  ],
  [
    'a function of another store',
    { reservedConcurrency: { ...reserved, fanOut: 2 } },
    'reservedConcurrency.fanOut is no function of `store: mysql`',
  ],
  ['no server', { mysql: undefined }, '`store: mysql` needs `mysql`: docs/stores.md#on-aws'],
  [
    'a server and no use for it',
    { store: 'dynamodb', reservedConcurrency: {} },
    'mysql is only for `store: mysql`',
  ],
  ['another store', { store: 'oracle' }, 'store is neither dynamodb nor mysql'],
  [
    'a password',
    { mysql: { ...mysql, server: 'root:secret@db/chat' } },
    'mysql.server is not a host and a database',
  ],
  ['a secret by name', { mysql: { ...mysql, secret: 'chat' } }, 'mysql.secret is not the ARN of a secret'],
  [
    'a VPC endpoint',
    { mysql: { ...mysql, network: 'endpoint' } },
    'mysql.network is neither nat nor dualstack',
  ],
  ['no subnet', { mysql: { ...mysql, subnets: [] } }, 'mysql.subnets names no subnet'],
])('refuses %s', (_case, change, line) => {
  expect(stage(change)).toThrow(`deploy/stages/live.yml: ${line}`);
});

it('needs no concurrency of an authorizer that stores nothing', () => {
  expect(
    stage({ reservedConcurrency: withoutAuthorizer, settings: { ...settings, AUTH_SINGLE_USE: 'false' } }),
  ).not.toThrow();
});

/** The packager's own client, with the stack that it would find. */
const deployed = (stack: object | Error) => ({
  naming: { getStackName: () => 'chat-live' },
  request: async () => {
    if (stack instanceof Error) throw stack;
    return { Stacks: [stack] };
  },
});
const onMySql = { Outputs: [{ OutputKey: 'Store', OutputValue: 'mysql' }] };
const wanted = (store: string) => ({ name: 'live', path: 'deploy/stages/live.yml', store });

it.each([
  ['mysql', { Outputs: [] }, 'is deployed on dynamodb'],
  ['dynamodb', onMySql, 'is deployed on mysql'],
])('does not deploy to %s a stage that is on another store', async (store, stack, line) => {
  await expect(refuseOtherStore(wanted(store), deployed(stack), [])).rejects.toThrow(line);
  await expect(refuseOtherStore(wanted(store), deployed(stack), ['moved=yes'])).resolves.toBeUndefined();
});

it.each([
  ['the first deployment', 'mysql', new Error('Stack with id chat-live does not exist')],
  ['a deployment on the same store', 'mysql', onMySql],
  ['a deployment over one that could not choose', 'dynamodb', {}],
])('lets %s pass', async (_case, store, stack) => {
  await expect(refuseOtherStore(wanted(store), deployed(stack), [])).resolves.toBeUndefined();
});

it('does not deploy while it cannot tell', async () => {
  const denied = deployed(new Error('not authorized'));

  await expect(refuseOtherStore(wanted('mysql'), denied, [])).rejects.toThrow('not authorized');
});
