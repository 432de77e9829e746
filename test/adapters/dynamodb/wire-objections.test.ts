import { expect, it } from '@jest/globals';
import { objectionsTo, type WireRequest } from '../../support/wire/wire-objections.js';

const KEY = { pk: { S: 'p' }, sk: { S: 's' } };
const names = { '#a': 'a' };
const values = { ':v0': { N: '1' } };
const item = (rest: object) => ({ Item: { ...KEY, ...rest } });
const batch = (count: number, row: (n: number) => object = (n) => ({ ...KEY, sk: { S: `${n}` } })) => ({
  RequestItems: { rows: Array.from({ length: count }, (_, n) => ({ PutRequest: { Item: row(n) } })) },
});
const update = (UpdateExpression: string, rest: object = {}) => ({
  Key: KEY,
  UpdateExpression,
  ExpressionAttributeNames: names,
  ExpressionAttributeValues: values,
  ...rest,
});

const WRONG: [objection: string, operation: string, request: WireRequest][] = [
  ['the read is not consistent', 'GetItem', { Key: KEY }],
  ['the read is not consistent', 'Query', { ConsistentRead: false }],
  ['Scan is not permitted', 'Scan', {}],
  ['the limit is 0', 'Query', { ConsistentRead: true, Limit: 0 }],
  ['the key is not pk and sk', 'DeleteItem', { Key: { ...KEY, at: { N: '1' } } }],
  ['pk is not a string of 1 to 2048 bytes', 'DeleteItem', { Key: { ...KEY, pk: { S: 'ä'.repeat(1_025) } } }],
  ['sk is not a string of 1 to 1024 bytes', 'DeleteItem', { Key: { ...KEY, sk: { S: '' } } }],
  ['sk is not a string of 1 to 1024 bytes', 'PutItem', item({ sk: { N: '1' } })],
  ['the item is over 400 KB', 'PutItem', item({ a: { S: 'x'.repeat(409_600) } })],
  ['the set a is empty', 'PutItem', item({ a: { SS: [] } })],
  ['the set a has a member twice', 'PutItem', item({ a: { SS: ['x', 'x'] } })],
  ['a is not a number of DynamoDB', 'PutItem', item({ a: { N: '1'.repeat(39) } })],
  ['a is not a number of DynamoDB', 'PutItem', item({ a: { N: 'NaN' } })],
  ['the batch has 26 items', 'BatchWriteItem', batch(26)],
  ['the batch has 0 items', 'BatchWriteItem', batch(0)],
  ['the batch has an item twice', 'BatchWriteItem', batch(2, () => KEY)],
  ['name is not an alias', 'UpdateItem', update('SET #a = :v0, name = :v0')],
  [':v1 is not defined', 'UpdateItem', update('SET #a = :v1 + :v0')],
  [
    '#b is not used',
    'UpdateItem',
    update('SET #a = :v0', { ExpressionAttributeNames: { ...names, '#b': 'b' } }),
  ],
  [
    'ExpressionAttributeValues is empty',
    'UpdateItem',
    update('REMOVE #a', { ExpressionAttributeValues: {} }),
  ],
  ['the update names a path twice', 'UpdateItem', update('SET #a = :v0 ADD #a :v0')],
  [
    'the update changes pk',
    'UpdateItem',
    update('SET #a = :v0', { ExpressionAttributeNames: { '#a': 'pk' } }),
  ],
  ['an expression is empty or over 4 KB', 'UpdateItem', update(`SET #a = :v0${' '.repeat(4_096)}`)],
  [
    'the bounds of BETWEEN :v0 AND :v1 are the wrong way round',
    'PutItem',
    {
      ...item({}),
      ConditionExpression: '#a BETWEEN :v0 AND :v1',
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: { ':v0': { N: '2' }, ':v1': { N: '1' } },
    },
  ],
];

it.each(WRONG)('says that %s', (objection, operation, request) => {
  expect(objectionsTo(operation, request)).toEqual([objection]);
});

it('has no objection to valid requests', () => {
  expect(objectionsTo('UpdateItem', update('SET #a = if_not_exists(#a, :v0)'))).toEqual([]);
  expect(objectionsTo('GetItem', { Key: KEY, ConsistentRead: true })).toEqual([]);
  expect(objectionsTo('BatchWriteItem', batch(25))).toEqual([]);
});
