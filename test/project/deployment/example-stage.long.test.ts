import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { METRIC_UNITS } from '../../../src/entry/metrics/metric-names.js';
import { deployerSuite } from './suites/deployer.suite.js';
import { specificationSuite } from './suites/specification.suite.js';
import { Serverless } from './support/serverless.js';
import type { Stack } from './support/stack.js';

const EXAMPLE = readFileSync(new URL('../../../deploy/stages/example.yml', import.meta.url), 'utf8');

const serverless = new Serverless();
afterAll(() => serverless.remove());

describe('the committed stage example, with every switch on', () => {
  let stack: Stack;
  let text: string;

  beforeAll(() => {
    ({ stack, text } = serverless.packageStage('example'));
  });

  const stage = () => stack.one('WebsocketsDeploymentStage');

  it('says so', () => {
    expect(text).toContain('Stage example of team-chat in eu-central-1, as deploy/stages/example.yml says');
    expect(text).toMatch(/^ {2}execute-api address +off$/m);
  });

  it('throttles each route that it names, once the route exists', () => {
    expect(stage()).toMatchObject({
      DefaultRouteSettings: { ThrottlingRateLimit: 200, ThrottlingBurstLimit: 100 },
      RouteSettings: {
        publish: { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 10 },
        $connect: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 25 },
      },
    });
    const { DependsOn } = stack.resources.WebsocketsDeploymentStage as unknown as { DependsOn: string[] };
    expect(DependsOn.map((id) => stack.one(id).RouteKey)).toEqual(['publish', '$connect']);
  });

  it('sizes its functions', () => {
    expect(stack.one('RouterLambdaFunction')).toMatchObject({
      MemorySize: 1024,
      ReservedConcurrentExecutions: 200,
    });
    expect(stack.one('FanOutLambdaFunction')).toMatchObject({
      MemorySize: 2048,
      ReservedConcurrentExecutions: 20,
    });
    expect(stack.one('PiecesLambdaFunction')).toMatchObject({
      MemorySize: 2048,
      Environment: { Variables: { PUSHES_PER_SECOND: '8000', PIECES_AT_ONCE: '20' } },
    });
    expect(stack.one('PiecesEventSourceMappingSQSPieceQueue').ScalingConfig).toEqual({
      MaximumConcurrency: 20,
    });
    expect(stack.one('AuthorizerLambdaFunction')).not.toHaveProperty('ReservedConcurrentExecutions');
    expect(stack.one('FanOutEventSourceMappingDynamodbMessagesTable').ParallelizationFactor).toBe(10);
  });

  it('logs accesses as JSON without tokens and addresses, through no function that may make roles', () => {
    const { DestinationArn, Format } = stage().AccessLogSettings as {
      DestinationArn: unknown;
      Format: string;
    };

    expect(DestinationArn).toEqual({ 'Fn::GetAtt': ['AccessLogGroup', 'Arn'] });
    expect(Object.keys(JSON.parse(Format))).toEqual(
      expect.arrayContaining(['requestId', 'routeKey', 'status']),
    );
    expect(Format).not.toMatch(/sourceIp|querystring|header|token|authorizer/i);
    expect(stack.all('AWS::Lambda::Function').size).toBe(10);
    expect(stack.text).not.toContain('Custom::');
  });

  it('keeps every log for the set time', () => {
    const groups = [...stack.all('AWS::Logs::LogGroup').values()];

    expect(groups.map(({ RetentionInDays }) => RetentionInDays)).toEqual(Array(11).fill(400));
  });

  it('traces every function, and lets it write its traces and nothing more', () => {
    for (const [, properties] of stack.all('AWS::Lambda::Function'))
      expect(properties.TracingConfig).toEqual({ Mode: 'Active' });
    const [policy, ...more] = [...stack.all('AWS::IAM::Policy').values()];
    expect(more).toEqual([]);
    expect(policy?.Roles).toHaveLength(10);
    expect(policy?.PolicyDocument).toMatchObject({
      Statement: [{ Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'] }],
    });
  });

  it('has its own domain, and sends callbacks there if the execute-api address is closed', () => {
    expect([...stack.all('AWS::ApiGatewayV2::DomainName').values()]).toMatchObject([
      { DomainName: 'chat.example.com' },
    ]);
    expect([...stack.all('AWS::ApiGatewayV2::ApiMapping').values()]).toMatchObject([
      { ApiMappingKey: 'live', Stage: { Ref: 'WebsocketsDeploymentStage' } },
    ]);
    expect(stack.one('WebsocketsApi').DisableExecuteApiEndpoint).toBe(true);
    for (const { Environment } of stack.all('AWS::Lambda::Function').values())
      expect(Environment).toMatchObject({ Variables: { CALLBACK_URL: 'https://chat.example.com/live' } });
    expect(stack.outputs.CustomDomainUrl?.Value).toBe('wss://chat.example.com/live');
  });

  it('still sends callbacks to the execute-api address while that is open', () => {
    serverless.stage('live', EXAMPLE.replace('only: on', 'only: off'));

    const args = ['--path', 'provider.environment.CALLBACK_URL'];
    expect(serverless.run(['print', '--stage', 'live', ...args]).text).toMatch(/execute-api.*\/live$/m);
  });

  it('has metrics, and counts its connections every five minutes', () => {
    expect(text).toMatch(/^ {2}metrics +on$/m);
    expect(stack.one('CountConnectionsEventsRuleSchedule1')).toMatchObject({
      ScheduleExpression: 'rate(5 minutes)',
      State: 'ENABLED',
    });
    for (const { Environment } of stack.all('AWS::Lambda::Function').values())
      expect(Environment).toMatchObject({
        Variables: {
          METRICS_NAMESPACE: { 'Fn::Sub': expect.stringMatching(/^Switchboard\/\$\{AWS::StackName}$/) },
        },
      });
  });

  it('sends its alarms by e-mail', () => {
    expect(stack.one('AlarmTopic').Subscription).toEqual([
      { Protocol: 'email', Endpoint: 'team@example.com' },
    ]);
  });

  it('has a dashboard of its own functions, metrics and logs', () => {
    const { 'Fn::Sub': body } = stack.one('Dashboard').DashboardBody as { 'Fn::Sub': string };
    const { widgets } = JSON.parse(body) as { widgets: { type: string }[] };
    const named = [...body.matchAll(/\$\{(\w+)\}/g)].map(([, id = '']) => id);

    expect(widgets.map(({ type }) => type)).toEqual([...Array(10).fill('metric'), 'log', 'log']);
    expect(named.filter((id) => !(id in stack.resources))).toEqual([]);
    const own = [...body.matchAll(/"Switchboard\/\$\{AWS::StackName\}","(\w+)","stage","example"/g)];
    expect(new Set(own.map(([, name]) => name))).toEqual(new Set(Object.keys(METRIC_UNITS)));
    expect(stack.outputs.Dashboard).toMatchObject({ Value: { Ref: 'Dashboard' } });
  });

  it('has its tags on functions and the API', () => {
    expect(stack.one('RouterLambdaFunction').Tags).toEqual([{ Key: 'team', Value: 'chat' }]);
    expect(stack.one('WebsocketsApi').Tags).toEqual({ team: 'chat' });
  });

  it('has outputs with the names that an operator needs', () => {
    expect(Object.keys(stack.outputs)).toEqual(
      expect.arrayContaining([
        'ServiceEndpointWebsocket',
        'ApiId',
        'ConnectionsTable',
        'MessagesTable',
        'RouterFunction',
        'AuthorizerFunction',
        'FanOutFunction',
        'PublishFunction',
        'PublishLambdaFunctionUrl',
        'DisconnectUserFunction',
        'RemoveUserFunction',
        'EraseRoomFunction',
        'EraseInboxFunction',
        'CountConnectionsFunction',
        'FanOutFailuresBucket',
        'PiecesFunction',
        'PieceQueueUrl',
        'PieceFailuresUrl',
        'CustomDomainTarget',
        'CustomDomainHostedZone',
      ]),
    );
  });

  specificationSuite(() => stack);
  deployerSuite(() => stack);
});
