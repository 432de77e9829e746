import { expect, it } from '@jest/globals';
import { grantsOf, list } from '../support/grants.js';
import { serverSource } from '../support/server-source.js';
import type { Stack } from '../support/stack.js';

/** Why a resource has to end in a star. Nothing else may. */
const STARS: [pattern: RegExp, reason: string][] = [
  [
    /^arn:\$\{AWS::Partition\}:execute-api:\$\{AWS::Region\}:\$\{AWS::AccountId\}:\$\{WebsocketsApi\}\/dev\/(POST|GET|DELETE)\/@connections\/\*$/,
    'connection ids are made by API Gateway',
  ],
  [/^\$\{FanOutFailures\.Arn\}\/aws\/lambda\/\*$/, 'object names are made by Lambda'],
];

const NAMES = [
  'Router',
  'Authorizer',
  'FanOut',
  'Pieces',
  'Publish',
  'DisconnectUser',
  'RemoveUser',
  'EraseRoom',
  'EraseInbox',
  'CountConnections',
];

/** Rules for every role. */
export const permissionSuite = (stack: () => Stack): void => {
  const { statements, roles, granted } = grantsOf(stack);

  it('are one role for each function, and no other', () => {
    const used = [...stack().all('AWS::Lambda::Function').values()].map(({ Role }) => JSON.stringify(Role));

    expect(used.sort()).toEqual(
      roles()
        .map((id) => JSON.stringify({ 'Fn::GetAtt': [id, 'Arn'] }))
        .sort(),
    );
    expect(roles().sort()).toEqual([
      'AuthorizerRole',
      'CountConnectionsRole',
      'DisconnectUserRole',
      'EraseInboxRole',
      'EraseRoomRole',
      'FanOutRole',
      'PiecesRole',
      'PublishRole',
      'RemoveUserRole',
      'RouterRole',
    ]);
  });

  it('are all written in the roles themselves', () => {
    for (const role of roles()) expect(stack().one(role)).not.toHaveProperty('ManagedPolicyArns');
    expect(stack().text).not.toMatch(/AWS::IAM::(Managed)?Policy"/);
  });

  it('name every action', () => {
    const actions = roles().flatMap((role) => statements(role).flatMap(({ Action }) => list(Action)));

    expect(actions).not.toHaveLength(0);
    expect(actions.filter((action) => !/^[a-z0-9-]+:[A-Za-z]+$/.test(action))).toEqual([]);
  });

  it('name every resource, but for names that AWS makes', () => {
    for (const resource of roles().flatMap((role) =>
      statements(role).flatMap(({ Resource }) => list(Resource)),
    )) {
      const { 'Fn::GetAtt': attribute, 'Fn::Sub': pattern } = resource as Record<string, string | string[]>;
      if (attribute) expect(Object.keys(stack().resources)).toContain(attribute[0]);
      else
        expect(STARS.filter(([star]) => star.test(String(pattern))).map(([, reason]) => reason)).toHaveLength(
          1,
        );
    }
  });

  it('never scan a table, nor use transactions', () => {
    expect(stack().text).not.toMatch(/dynamodb:(\w*Scan|\w*PartiQL\w*|Transact\w*)/);
    expect(serverSource()).not.toMatch(
      /\b(Scan|TransactWrite|TransactGet|ExecuteStatement)\w*Command\b|paginateScan/,
    );
  });

  it('open the URL of the function of back ends to callers that IAM knows', () => {
    expect([...stack().all('AWS::Lambda::Url').values()]).toEqual([
      { AuthType: 'AWS_IAM', TargetFunctionArn: { 'Fn::GetAtt': ['PublishLambdaFunction', 'Arn'] } },
    ]);
  });

  it('let each function write its own log only', () => {
    for (const name of NAMES)
      expect(granted(`${name}Role`, `${name}LogGroup`)).toEqual([
        'logs:CreateLogStream',
        'logs:PutLogEvents',
      ]);
    expect(roles().flatMap((role) => statements(role).flatMap(({ Action }) => list(Action)))).not.toContain(
      'logs:CreateLogGroup',
    );
  });

  it('let only this API and its schedule invoke, only what they need', () => {
    const permissions = [...stack().all('AWS::Lambda::Permission').values()].map(
      ({ FunctionName, SourceArn }) => ({
        invoked: (FunctionName as { 'Fn::GetAtt': string[] })['Fn::GetAtt'][0],
        source: JSON.stringify(SourceArn),
      }),
    );
    const byTheApi = permissions.filter(({ source }) => /:\$\{WebsocketsApi\}\//.test(source));

    expect(byTheApi.map(({ invoked }) => invoked).sort()).toEqual([
      'AuthorizerLambdaFunction',
      'RouterLambdaFunction',
    ]);
    expect(permissions.filter((permission) => !byTheApi.includes(permission))).toEqual([
      {
        invoked: 'CountConnectionsLambdaFunction',
        source: '{"Fn::GetAtt":["CountConnectionsEventsRuleSchedule1","Arn"]}',
      },
    ]);
  });
};
