import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { specificationSuite } from './suites/specification.suite.js';
import { Serverless } from './support/serverless.js';
import { Stack } from './support/stack.js';

const serverless = new Serverless();
afterAll(() => serverless.remove());

describe('the committed stage prod', () => {
  let stack: Stack;
  let text: string;

  beforeAll(() => {
    ({ stack, text } = serverless.packageStage('prod'));
  });

  it('prints what is on and off, and where the result is', () => {
    expect(text).toContain('Stage prod of switchboard in eu-west-1, as deploy/stages/prod.yml says');
    expect(text).toMatch(/^ {2}who may connect +tokens of https:\/\/login\.example\.com\/$/m);
    expect(text).toMatch(/^ {2}access logs +on$/m);
    expect(text).toMatch(/^ {2}custom domain +off$/m);
    expect(text).toMatch(/^ {2}data after `sls remove` +kept$/m);
    expect(text).toContain('Packaged in packaged: cloudformation-template-update-stack.json');
  });

  it.each(['ConnectionsTable', 'MessagesTable', 'FanOutFailures', 'PieceFailures'])(
    'keeps %s when its stack is removed',
    (id) => {
      expect(stack.resources[id]).toMatchObject({
        DeletionPolicy: 'RetainExceptOnCreate',
        UpdateReplacePolicy: 'Retain',
      });
    },
  );

  it.each(['ConnectionsTable', 'MessagesTable'])('lets no command delete %s', (id) => {
    expect(stack.one(id).DeletionProtectionEnabled).toBe(true);
  });

  it('reserves no concurrency, and has no domain', () => {
    for (const [, properties] of stack.all('AWS::Lambda::Function'))
      expect(properties).not.toHaveProperty('ReservedConcurrentExecutions');
    expect(stack.all('AWS::ApiGatewayV2::DomainName').size).toBe(0);
    expect(stack.one('WebsocketsApi')).not.toHaveProperty('DisableExecuteApiEndpoint');
  });

  specificationSuite(() => stack);
});

describe('a stage packaged with --param metrics=off', () => {
  let stack: Stack;
  let text: string;

  beforeAll(() => {
    const run = serverless.run(['package', '--package', 'packaged', '--param', 'metrics=off']);
    ({ text } = run);
    stack = new Stack(serverless.output);
  });

  it('says so, writes none and counts nothing', () => {
    expect(text).toMatch(/^ {2}metrics +off$/m);
    expect(stack.one('CountConnectionsEventsRuleSchedule1').State).toBe('DISABLED');
    for (const { Environment } of stack.all('AWS::Lambda::Function').values())
      expect((Environment as { Variables: object }).Variables).not.toHaveProperty('METRICS_NAMESPACE');
  });

  it('has no dashboard, as it has no alarms either', () => {
    expect(stack.all('AWS::CloudWatch::Dashboard').size).toBe(0);
  });
});
