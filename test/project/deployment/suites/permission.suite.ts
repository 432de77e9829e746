import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from '@jest/globals';
import type { Stack } from '../support/stack.js';

const SOURCE = resolve(import.meta.dirname, '../../../../src');

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
  Condition?: unknown;
}

/** Why a resource has to end in a star. Nothing else may. */
const STARS: [pattern: RegExp, reason: string][] = [
  [
    /^arn:\$\{AWS::Partition\}:execute-api:\$\{AWS::Region\}:\$\{AWS::AccountId\}:\$\{WebsocketsApi\}\/dev\/(POST|GET|DELETE)\/@connections\/\*$/,
    'connection ids are made by API Gateway',
  ],
  [/^\$\{FanOutFailures\.Arn\}\/aws\/lambda\/\*$/, 'object names are made by Lambda'],
];

const OPERATIONS: Record<string, string> = {
  BatchWriteCommand: 'dynamodb:BatchWriteItem',
  DeleteCommand: 'dynamodb:DeleteItem',
  GetCommand: 'dynamodb:GetItem',
  PutCommand: 'dynamodb:PutItem',
  QueryCommand: 'dynamodb:Query',
  UpdateCommand: 'dynamodb:UpdateItem',
};

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

const QUEUE_ACTIONS: Record<string, string[]> = {
  FanOutRole: ['sqs:SendMessage'],
  PiecesRole: ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
};

const list = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);

export const permissionSuite = (stack: () => Stack): void => {
  const statements = (role: string): Statement[] =>
    (stack().one(role).Policies as { PolicyDocument: { Statement: Statement[] } }[]).flatMap(
      ({ PolicyDocument }) => PolicyDocument.Statement,
    );
  const roles = () => [...stack().all('AWS::IAM::Role').keys()];
  const granted = (role: string, resource: string) =>
    statements(role)
      .filter(
        ({ Resource }) => JSON.stringify(Resource) === JSON.stringify({ 'Fn::GetAtt': [resource, 'Arn'] }),
      )
      .flatMap(({ Action }) => list(Action))
      .sort();

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
    expect(source()).not.toMatch(
      /\b(Scan|TransactWrite|TransactGet|ExecuteStatement)\w*Command\b|paginateScan/,
    );
  });

  it('let the router do on its tables what the adapters do', () => {
    const used = Object.keys(OPERATIONS).filter((command) => new RegExp(`\\b${command}\\b`).test(source()));
    const allowed = [...granted('RouterRole', 'ConnectionsTable'), ...granted('RouterRole', 'MessagesTable')];

    expect(
      used.map((command) => OPERATIONS[command]).filter((action) => !allowed.includes(String(action))),
    ).toEqual([]);
  });

  it('let the router never delete a publication', () => {
    expect(granted('RouterRole', 'MessagesTable')).toEqual([
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
    ]);
  });

  it('let the function of back ends publish as the router does, and open no connection', () => {
    expect(granted('PublishRole', 'MessagesTable')).toEqual(granted('RouterRole', 'MessagesTable'));
    expect(granted('PublishRole', 'ConnectionsTable')).toEqual(granted('PiecesRole', 'ConnectionsTable'));
  });

  it('open the URL of the function of back ends to callers that IAM knows', () => {
    expect([...stack().all('AWS::Lambda::Url').values()]).toEqual([
      { AuthType: 'AWS_IAM', TargetFunctionArn: { 'Fn::GetAtt': ['PublishLambdaFunction', 'Arn'] } },
    ]);
  });

  it('let the authorizer write single-use tokens and nothing else', () => {
    const [, tokens, ...more] = statements('AuthorizerRole');

    expect(more).toEqual([]);
    expect(tokens).toMatchObject({
      Action: 'dynamodb:PutItem',
      Condition: {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['JTI#*'] },
        // `ForAllValues` also holds for a request without any key.
        Null: { 'dynamodb:LeadingKeys': 'false' },
      },
    });
  });

  it.each([
    // It also keeps where a room was cut.
    ['FanOutRole', ['DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem']],
    ['DisconnectUserRole', ['DeleteItem', 'GetItem', 'Query', 'UpdateItem']],
    ['RemoveUserRole', ['DeleteItem', 'GetItem', 'Query', 'UpdateItem']],
  ])('let %s find and forget connections, but make none', (role, actions) => {
    expect(granted(role, 'ConnectionsTable')).toEqual(actions.map((action) => `dynamodb:${action}`));
    expect(granted(role, 'MessagesTable')).toEqual([]);
  });

  it('let the function that disconnects a user count notices of leaving, and change nothing else', () => {
    const updating = statements('DisconnectUserRole').filter(({ Action }) =>
      list(Action).includes('dynamodb:UpdateItem'),
    );

    expect(updating).toMatchObject([
      {
        Action: 'dynamodb:UpdateItem',
        Condition: {
          'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['RATE#ROOM#*'] },
          Null: { 'dynamodb:LeadingKeys': 'false' },
        },
      },
    ]);
  });

  it('let the count read connections, and nothing else', () => {
    expect(granted('CountConnectionsRole', 'ConnectionsTable')).toEqual(['dynamodb:Query']);
    expect(statements('CountConnectionsRole')).toHaveLength(2);
  });

  it.each([
    ['EraseRoomRole', { like: ['LOG#*'], notLike: ['LOG#@*'] }],
    ['EraseInboxRole', { like: ['LOG#@*'], notLike: undefined }],
  ])('let %s overwrite only the logs that it is for', (role, { like, notLike }) => {
    const [, log, ...more] = statements(role);

    expect(more).toEqual([]);
    expect(granted(role, 'MessagesTable')).toEqual([
      'dynamodb:BatchWriteItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
    ]);
    expect(log?.Condition).toEqual({
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': like },
      ...(notLike && { 'ForAllValues:StringNotLike': { 'dynamodb:LeadingKeys': notLike } }),
      Null: { 'dynamodb:LeadingKeys': 'false' },
    });
  });

  it('let pieces find and forget connections and read publications, but write none', () => {
    expect(granted('PiecesRole', 'ConnectionsTable')).toEqual(
      ['DeleteItem', 'GetItem', 'Query', 'UpdateItem'].map((action) => `dynamodb:${action}`),
    );
    expect(granted('PiecesRole', 'MessagesTable')).toEqual(['dynamodb:Query']);
  });

  it('let only fan-out add pieces, and only pieces take them and put them aside', () => {
    for (const role of roles()) {
      expect(granted(role, 'PieceQueue')).toEqual(QUEUE_ACTIONS[role] ?? []);
      expect(granted(role, 'PieceFailures')).toEqual(role === 'PiecesRole' ? ['sqs:SendMessage'] : []);
    }
  });

  it('let only fan-out read the stream', () => {
    const readers = roles().filter((role) => JSON.stringify(statements(role)).includes('StreamArn'));

    expect(readers).toEqual(['FanOutRole']);
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

const source = (): string =>
  readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => readFileSync(join(SOURCE, path), 'utf8'))
    .join('\n');
