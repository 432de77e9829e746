import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { specificationSuite } from './suites/specification.suite.js';
import { Serverless } from './support/serverless.js';
import { Stack } from './support/stack.js';
import { unzip } from './support/unzip.js';

const EXAMPLE = parse(
  readFileSync(new URL('../../../deploy/stages/example-mysql.yml', import.meta.url), 'utf8'),
);

/** Every setting that changes the resources of a stage on MySQL. */
const COMBINATIONS = ['nat', 'dualstack'].flatMap((network) =>
  ['true', 'false'].map((singleUse) => ({ network, singleUse })),
);

const ALWAYS_INSIDE = [
  'DisconnectUser',
  'EraseInbox',
  'EraseRoom',
  'Expiry',
  'Pieces',
  'Publish',
  'RemoveUser',
  'Router',
];

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
  Condition?: unknown;
}

const serverless = new Serverless();
afterAll(() => serverless.remove());

describe.each(COMBINATIONS)('a stage on MySQL: $network, single use $singleUse', ({ network, singleUse }) => {
  const inside = singleUse === 'true' ? ['Authorizer', ...ALWAYS_INSIDE] : ALWAYS_INSIDE;
  let stack: Stack;
  let text: string;

  beforeAll(() => {
    const { AUTH_SINGLE_USE: _, ...settings } = EXAMPLE.settings;
    serverless.stage(
      'live',
      stringify({
        ...EXAMPLE,
        settings: { ...settings, AUTH_SINGLE_USE: singleUse },
        mysql: { ...EXAMPLE.mysql, network },
      }),
    );
    const packaged = serverless.run(['package', '--stage', 'live', '--package', 'packaged']);
    if (packaged.status !== 0) throw new Error(packaged.text);
    text = packaged.text;
    stack = new Stack(serverless.output);
  });

  const statements = (role: string): Statement[] =>
    (stack.one(role).Policies as { PolicyDocument: { Statement: Statement[] } }[]).flatMap(
      ({ PolicyDocument }) => PolicyDocument.Statement,
    );

  const actions = (role: string, effect: string): string[] =>
    statements(role)
      .filter(({ Effect }) => Effect === effect)
      .flatMap(({ Action }) => Action);

  specificationSuite(() => stack);

  // `IncompleteFanOuts` is a number of the lines of pieces, too.
  it('has nothing of DynamoDB, neither tables nor a stream', () => {
    expect(stack.text).not.toMatch(/dynamodb|FanOut(?!s(In|"|\\))\w|ConnectionsTable|MessagesTable/i);
    expect([...stack.all('AWS::Lambda::EventSourceMapping').keys()]).toEqual([
      'PiecesEventSourceMappingSQSPieceQueue',
    ]);
    expect(stack.outputs.Store?.Value).toBe('mysql');
  });

  it('puts the functions that connect into the VPC, and no other', () => {
    const found = [...stack.all('AWS::Lambda::Function')].filter(([, { VpcConfig }]) => VpcConfig);

    expect(found.map(([id]) => id.replace('LambdaFunction', '')).sort()).toEqual(inside);
    for (const [, { VpcConfig }] of found)
      expect(VpcConfig).toEqual({
        SubnetIds: EXAMPLE.mysql.subnets,
        SecurityGroupIds: EXAMPLE.mysql.securityGroups,
        ...(network === 'dualstack' && { Ipv6AllowedForDualStack: true }),
      });
  });

  it('reaches @connections and the secret over IPv6 where there is no NAT', () => {
    const dualStack = network === 'dualstack';

    expect(stack.one('WebsocketsApi').IpAddressType).toBe(dualStack ? 'dualstack' : undefined);
    expect(stack.one('CustomDomain').DomainNameConfigurations).toMatchObject([
      dualStack ? { IpAddressType: 'dualstack' } : { SecurityPolicy: 'TLS_1_2' },
    ]);
    for (const { Environment } of stack.all('AWS::Lambda::Function').values())
      expect((Environment as { Variables: object }).Variables).toMatchObject({
        STORE: 'mysql',
        MYSQL_SECRET_ARN: EXAMPLE.mysql.secret,
        MYSQL_URL: `mysql://${EXAMPLE.mysql.server}`,
        ...(dualStack && { AWS_USE_DUALSTACK_ENDPOINT: 'true' }),
      });
  });

  it('lets only the functions that connect read the secret, and no code make network interfaces', () => {
    for (const name of ['Authorizer', ...ALWAYS_INSIDE]) {
      const interfaces = actions(`${name}Role`, 'Deny');
      const rest = actions(`${name}Role`, 'Allow').filter((action) => !interfaces.includes(action));

      expect(rest).toEqual([
        'logs:CreateLogStream',
        'logs:PutLogEvents',
        ...(name === 'Pieces'
          ? ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:SendMessage']
          : []),
        ...(/Router|DisconnectUser|Pieces|Publish|RemoveUser/.test(name)
          ? ['execute-api:ManageConnections']
          : []),
        // They cut large rooms themselves: there is no stream.
        ...(/Router|Publish/.test(name) ? ['sqs:SendMessage'] : []),
        ...(inside.includes(name) ? ['secretsmanager:GetSecretValue', 'kms:Decrypt'] : []),
      ]);
      expect(interfaces.length > 0).toBe(inside.includes(name));
      expect(interfaces.every((action) => action.startsWith('ec2:'))).toBe(true);
      expect(JSON.stringify(statements(`${name}Role`)).includes('lambda:SourceFunctionArn')).toBe(
        inside.includes(name),
      );
    }
  });

  it('limits the connections, and deletes expired rows on a schedule', () => {
    for (const name of inside)
      expect(stack.one(`${name}LambdaFunction`).ReservedConcurrentExecutions).toBeGreaterThan(0);
    expect([...stack.all('AWS::Events::Rule').values()]).toMatchObject([
      {
        ScheduleExpression: 'rate(5 minutes)',
        Targets: [{ Arn: { 'Fn::GetAtt': ['ExpiryLambdaFunction', 'Arn'] } }],
      },
    ]);
  });

  it('prints what it needs', () => {
    const most = singleUse === 'true' ? 252 : 232;
    expect(text).toMatch(
      new RegExp(`^ {2}connections to it +at most ${most} \\(router 200, .*\\), max_connections 500$`, 'm'),
    );
    expect(text).toMatch(singleUse === 'true' ? /^ {2}authorizer +in the VPC/m : /^ {2}authorizer +outside/m);
    expect(/must have an IPv6 address: otherwise use NAT$/m.test(text)).toBe(network === 'dualstack');
    expect(text).toMatch(/^ {2}data after `sls remove` +kept$/m);
  });
});

describe('the bundles of a stage on MySQL', () => {
  it.each([
    'router',
    'authorizer',
    'pieces',
    'publish',
    'disconnectUser',
    'removeUser',
    'eraseRoom',
    'eraseInbox',
    'expiry',
  ])('%s brings the driver and the authorities of RDS, and loads in plain Node', (name) => {
    const [[file, content] = ['', Buffer.alloc(0)]] = unzip(join(serverless.output, `${name}.zip`));
    const path = join(serverless.output, `${name}.cjs`);
    writeFileSync(path, content);

    expect(file).toMatch(/^src\/entry\/lambda\/mysql\/(operators\/)?[\w-]+\.js$/);
    expect(content.includes('caching_sha2_password')).toBe(true);
    const { Variables } = new Stack(serverless.output).one(
      `${name[0]?.toUpperCase()}${name.slice(1)}LambdaFunction`,
    ).Environment as { Variables: Record<string, string> };
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['-e', 'console.log(typeof require(process.argv[1]).handler)', path],
      {
        encoding: 'utf8',
        env: {
          ...Variables,
          PIECE_QUEUE_URL: 'https://sqs.eu-central-1.amazonaws.com/123456789012/pieces.fifo',
          PIECE_FAILURES_URL: 'https://sqs.eu-central-1.amazonaws.com/123456789012/failures.fifo',
          AWS_REGION: 'eu-central-1',
          AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
        },
      },
    );
    expect(stderr + stdout).toBe('function\n');
  });
});
