import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { Serverless } from './support/serverless.js';

const EXAMPLE = parse(
  readFileSync(new URL('../../../deploy/stages/example-mysql.yml', import.meta.url), 'utf8'),
);

const serverless = new Serverless();
afterAll(() => serverless.remove());

const load = createRequire(import.meta.url);
const { readStage }: { readStage(name: string, shell: object): object } = load(
  join(serverless.folder, 'deploy/settings/read-stage.cjs'),
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

/** CloudFormation as it answers the packager's own client: a stack with these outputs, or an error. */
let answer: { status: number; body: string };
const cloudFormation = createServer((_, response) => {
  response.writeHead(answer.status, { 'content-type': 'text/xml' }).end(answer.body);
});
beforeAll(async () => {
  cloudFormation.listen(0, '127.0.0.1');
  await once(cloudFormation, 'listening');
});
afterAll(() => {
  cloudFormation.close();
});

const tag = (name: string, content: string): string => `<${name}>${content}</${name}>`;

const deployed = (stack: { Outputs?: { OutputKey: string; OutputValue: string }[] } | Error) => {
  const outputs = 'Outputs' in stack ? (stack.Outputs ?? []) : [];
  const members = outputs
    .map(({ OutputKey, OutputValue }) => tag('OutputKey', OutputKey) + tag('OutputValue', OutputValue))
    .map((output) => tag('member', output));
  const told = [
    ...[tag('StackName', 'chat-live'), tag('StackStatus', 'CREATE_COMPLETE')],
    ...[tag('CreationTime', '2026-01-01T00:00:00Z'), tag('Outputs', members.join(''))],
  ];
  const stacks = tag('Stacks', tag('member', told.join('')));
  answer =
    stack instanceof Error
      ? {
          status: 400,
          body: tag(
            'ErrorResponse',
            tag('Error', tag('Code', 'ValidationError') + tag('Message', stack.message)),
          ),
        }
      : { status: 200, body: tag('DescribeStacksResponse', tag('DescribeStacksResult', stacks)) };
  const { port } = cloudFormation.address() as AddressInfo;
  const client = new CloudFormationClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  return { naming: { getStackName: () => 'chat-live' }, getCloudFormationClient: async () => client };
};
const onMySql = { Outputs: [{ OutputKey: 'Store', OutputValue: 'mysql' }] };
const wanted = (store: string) => ({ name: 'live', path: 'deploy/stages/live.yml', store });

it.each([
  ['mysql', { Outputs: [] }, 'is deployed on dynamodb'],
  ['dynamodb', onMySql, 'is deployed on mysql'],
])('does not deploy a stage to %s that is on another store', async (store, stack, line) => {
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

it('asks through the packager’s own client', () => {
  const provider = readFileSync(load.resolve('serverless/lib/plugins/aws/provider.js'), 'utf8');

  expect(provider).toMatch(/^ {2}getCloudFormationClient\(\)/m);
});

it('does not deploy while it cannot tell', async () => {
  const denied = deployed(new Error('not authorized'));

  await expect(refuseOtherStore(wanted('mysql'), denied, [])).rejects.toThrow('not authorized');
});
