import { expect, it } from '@jest/globals';
import { grantsOf, list } from '../support/grants.js';
import { serverSource } from '../support/server-source.js';
import type { Stack } from '../support/stack.js';

const OPERATIONS: Record<string, string> = {
  BatchWriteCommand: 'dynamodb:BatchWriteItem',
  DeleteCommand: 'dynamodb:DeleteItem',
  GetCommand: 'dynamodb:GetItem',
  PutCommand: 'dynamodb:PutItem',
  QueryCommand: 'dynamodb:Query',
  UpdateCommand: 'dynamodb:UpdateItem',
};

const QUEUE_ACTIONS: Record<string, string[]> = {
  FanOutRole: ['sqs:SendMessage'],
  PiecesRole: ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
};

/** The rights of each role. */
export const roleSuite = (stack: () => Stack): void => {
  const { statements, roles, granted } = grantsOf(stack);

  it('let the router do on its tables what the adapters do', () => {
    const used = Object.keys(OPERATIONS).filter((command) =>
      new RegExp(`\\b${command}\\b`).test(serverSource()),
    );
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
};
