import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterEach, expect, it } from '@jest/globals';
import { ANY_ACCESS } from '../../../../src/entry/local/settings/access.js';
import { createTable } from '../../../../src/entry/local/storage/create-table.js';
import { createDatabaseServer } from '../../../../src/entry/local/storage/database-server.js';
import { startDynamoDB } from '../../../../src/entry/local/storage/dynamodb-server.js';

const folder = mkdtempSync(join(tmpdir(), 'switchboard-tables-'));
afterEach(() => rmSync(folder, { recursive: true }));

const onServer = async (use: (client: DynamoDBClient) => Promise<void>): Promise<void> => {
  const { endpoint, stop } = await startDynamoDB(folder);
  const client = new DynamoDBClient({ ...ANY_ACCESS, endpoint });
  await use(client);
  client.destroy();
  await stop();
};

it('A table whose creation was interrupted by a kill can be used by the next program', async () => {
  await onServer((client) => createTable(client, 'rows'));
  const { database } = createDatabaseServer(folder);
  for await (const [key, table] of database.iterator({ gte: 'table~', lt: 'table~~' }))
    await database.put(key, { ...(table as object), TableStatus: 'CREATING' });
  await database.close();

  await onServer(async (client) => {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: 'rows' }));
    expect(Table?.TableStatus).toBe('ACTIVE');
  });
});
