import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DocumentTable } from '../../../../src/adapters/dynamodb/table/document-table.js';
import { ANY_ACCESS } from '../../../../src/entry/local/settings/access.js';
import { createTable } from '../../../../src/entry/local/storage/create-table.js';
import { type DynamoDBServer, startDynamoDB } from '../../../../src/entry/local/storage/dynamodb-server.js';
import { ExpiredRows } from '../../../../src/entry/local/storage/expired-rows.js';

const HOUR = 3_600_000;
const START = 1_800_000_000_000;

describe('Expired rows of the embedded DynamoDB', () => {
  let dynamodb: DynamoDBServer;
  let client: DynamoDBClient;
  let table: DocumentTable;
  let rows: ExpiredRows;
  let now: number;
  let running: number;
  let tables = 0;

  beforeAll(async () => {
    dynamodb = await startDynamoDB();
    client = new DynamoDBClient({ ...ANY_ACCESS, endpoint: dynamodb.endpoint });
  });
  afterAll(async () => {
    client.destroy();
    await dynamodb.stop();
  });
  beforeEach(async () => {
    tables += 1;
    const name = `rows-${tables}`;
    await createTable(client, name);
    table = new DocumentTable(DynamoDBDocumentClient.from(client), name, async () => {});
    now = START;
    running = 0;
    rows = new ExpiredRows(dynamodb.database, client, [name], { now: () => now, running: () => running });
  });

  const put = (pk: string, sk: string, expiresIn?: number) =>
    table.put({ pk, sk, ...(expiresIn !== undefined && { ttl: Math.floor((START + expiresIn) / 1_000) }) });
  const left = async (pk: string) => (await table.query({ pk })).rows.map(({ sk }) => sk);
  const passTime = (ms: number) => {
    now += ms;
    running += ms;
  };

  it('are removed by the second pass that finds them, an hour after the first', async () => {
    await put('RATE#a', 'RATE', -1_000);
    await put('RATE#b', 'RATE', 2 * HOUR);
    await put('RATE#c', 'RATE');

    expect(await rows.pass()).toBe(0);
    passTime(HOUR - 1);
    expect(await rows.pass()).toBe(0);
    passTime(1);
    expect(await rows.pass()).toBe(1);

    expect(await left('RATE#a')).toEqual([]);
    expect(await left('RATE#b')).toEqual(['RATE']);
    expect(await left('RATE#c')).toEqual(['RATE']);
  });

  it('stay when only the wall clock went ahead', async () => {
    await put('LOG#lobby', '1#1', HOUR);

    now += 8 * 24 * HOUR;
    await rows.pass();
    running += 1_000;
    expect(await rows.pass()).toBe(0);

    expect(await left('LOG#lobby')).toEqual(['1#1']);
  });

  it('stay when the clock was ahead twice, and right in between', async () => {
    await put('LOG#lobby', '1#1', HOUR * 24);
    const ahead = 8 * 24 * HOUR;

    now += ahead;
    await rows.pass();
    now -= ahead;
    passTime(HOUR);
    await rows.pass();
    now += ahead;
    running += 1;
    expect(await rows.pass()).toBe(0);

    expect(await left('LOG#lobby')).toEqual(['1#1']);
  });

  it('stay if they were written again', async () => {
    await put('RATE#a', 'RATE', -1_000);
    await rows.pass();
    await put('RATE#a', 'RATE', -2_000);
    passTime(HOUR);

    expect(await rows.pass()).toBe(0);
  });

  it('are removed oldest first within a room', async () => {
    await put('LOG#lobby', '1#1', -HOUR);
    await put('LOG#lobby', '1#2', 24 * HOUR);
    await put('LOG#lobby', '1#3', -HOUR);
    await put('LOG#lobby', 'META');
    await put('ROOM#lobby', 'a', 24 * HOUR);
    await put('ROOM#lobby', 'b', -HOUR);

    await rows.pass();
    passTime(HOUR);
    await rows.pass();
    expect(await left('LOG#lobby')).toEqual(['1#2', '1#3', 'META']);
    expect(await left('ROOM#lobby')).toEqual(['a']);

    passTime(25 * HOUR);
    await rows.pass();
    passTime(HOUR);
    await rows.pass();
    expect(await left('LOG#lobby')).toEqual(['META']);
  });

  it('are left alone by a pass that is stopped', async () => {
    await put('RATE#a', 'RATE', -1_000);
    await rows.pass();
    passTime(HOUR);

    expect(await rows.pass(AbortSignal.abort())).toBe(0);

    expect(await left('RATE#a')).toEqual(['RATE']);
  });
});
