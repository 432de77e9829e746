import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient, InternalServerError, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { LevelDatabase } from 'dynalite/db/index.js';
import { ANY_ACCESS } from '../../../../src/entry/local/settings/access.js';
import { answerFailures } from '../../../../src/entry/local/storage/answer-failures.js';
import { createTable } from '../../../../src/entry/local/storage/create-table.js';
import {
  createDatabaseServer,
  type DatabaseServer,
} from '../../../../src/entry/local/storage/database-server.js';

const TableName = 'rows';

describe('A database below the embedded DynamoDB', () => {
  let served: DatabaseServer;
  let client: DynamoDBClient;
  let open: number;

  /** Breaks or observes the database before it is wrapped. */
  const start = async (change: (database: LevelDatabase) => void): Promise<void> => {
    served = createDatabaseServer(undefined);
    await served.database.open();
    change(served.database);
    answerFailures(served.database);
    served.server.listen(0, '127.0.0.1');
    await once(served.server, 'listening');
    const endpoint = `http://127.0.0.1:${(served.server.address() as AddressInfo).port}`;
    client = new DynamoDBClient({ ...ANY_ACCESS, endpoint, maxAttempts: 1 });
    await createTable(client, TableName);
  };

  beforeEach(() => {
    open = 0;
  });
  afterEach(async () => {
    client.destroy();
    served.server.close();
    served.server.closeAllConnections();
    await once(served.server, 'close');
  });

  const put = (sk: string) =>
    client.send(new PutItemCommand({ TableName, Item: { pk: { S: 'room' }, sk: { S: sk } } }));
  const query = (Limit: number) =>
    client.send(
      new QueryCommand({
        TableName,
        Limit,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: 'room' } },
      }),
    );

  it.each([1, 3, 100])('is left with no open iterator by queries of %d of its rows', async (limit) => {
    await start((database) => {
      const { values } = database;
      database.values = (range) => {
        const iterator = values.call(database, range);
        const close = iterator.close.bind(iterator);
        open += 1;
        iterator.close = async () => {
          await close();
          open -= 1;
        };
        return iterator;
      };
    });
    for (const sk of ['a', 'b', 'c', 'd', 'e']) await put(sk);

    for (let count = 0; count < 10; count += 1) await query(limit);

    while (open > 0) await sleep(1);
    expect(open).toBe(0);
  });

  it('that fails to write answers 500, and goes on once it can', async () => {
    let full = false;
    await start((database) => {
      const put = database.put;
      database.put = (async (key: string, value: unknown) => {
        if (full) throw new Error('IO error: No space left on device');
        await put(key, value);
      }) as typeof put;
    });
    full = true;

    await expect(put('a')).rejects.toThrow(InternalServerError);
    await expect(put('b')).rejects.toThrow('No space left on device');
    full = false;
    await put('c');
    expect((await query(10)).Items?.map(({ sk }) => sk?.S)).toEqual(['c']);
  });

  it('that fails to read answers 500', async () => {
    let damaged = false;
    await start((database) => {
      const { values, get } = database;
      database.values = (range) => {
        const iterator = values.call(database, range);
        if (damaged)
          iterator.next = async () => Promise.reject(new Error('Corruption: block checksum mismatch'));
        return iterator;
      };
      database.get = (async (key: string) => {
        if (damaged && key.startsWith('item-')) throw new Error('Corruption: block checksum mismatch');
        return get(key);
      }) as typeof get;
    });
    damaged = true;

    await expect(query(1)).rejects.toThrow('block checksum mismatch');
    await expect(put('a')).rejects.toThrow('block checksum mismatch');
    damaged = false;
    expect((await query(1)).Items).toEqual([]);
  });
});
