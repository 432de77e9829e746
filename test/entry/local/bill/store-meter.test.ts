import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { createDocumentClient } from '../../../../src/adapters/dynamodb/table/document-client.js';
import { DocumentTable } from '../../../../src/adapters/dynamodb/table/document-table.js';
import type { Table } from '../../../../src/adapters/dynamodb/table/table.js';
import { StoreMeter } from '../../../../src/entry/local/bill/store-meter.js';
import { ANY_ACCESS } from '../../../../src/entry/local/settings/access.js';
import { createTable } from '../../../../src/entry/local/storage/create-table.js';
import { startDynamoDB } from '../../../../src/entry/local/storage/dynamodb-server.js';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const KEY = { pk: 'P', sk: 'S' };

let meter: StoreMeter;
let table: Table;
let end: () => Promise<void>;
beforeEach(async () => {
  const server = await startDynamoDB();
  const options = { ...ANY_ACCESS, endpoint: server.endpoint };
  const client = new DynamoDBClient(options);
  await createTable(client, 'metered');
  client.destroy();
  const documents = createDocumentClient(options);
  meter = new StoreMeter();
  meter.watch(documents);
  table = new DocumentTable(documents, 'metered', async () => {});
  end = async () => {
    documents.destroy();
    await server.stop();
  };
});
afterEach(() => end());

it('a write costs a unit for each kilobyte that the row began, a strong read one for four', async () => {
  await table.put({ ...KEY, text: 'x'.repeat(5_000) });
  await table.get(KEY);

  expect(meter.usage.get('PutItem')).toEqual({ count: 1, readUnits: 0, writeUnits: 5 });
  expect(meter.usage.get('GetItem')).toEqual({ count: 1, readUnits: 2, writeUnits: 0 });
});

it('rows of a batch cost as if they were written one by one, and a query as one read of all it saw', async () => {
  await table.putAll([1, 2, 3].map((number) => ({ pk: 'P', sk: `${number}`, text: 'x'.repeat(1_500) })));
  await table.query({ pk: 'P' });

  expect(meter.usage.get('BatchWriteItem')).toEqual({ count: 1, readUnits: 0, writeUnits: 6 });
  expect(meter.usage.get('Query')).toEqual({ count: 1, readUnits: 2, writeUnits: 0 });
});

it('a read that finds nothing, and a failed condition, cost one unit', async () => {
  await table.get(KEY);
  await table.query({ pk: 'P' });
  expect(await table.put(KEY, { exists: 'pk' })).toBe(false);

  expect(meter.usage.get('GetItem')?.readUnits).toBe(1);
  expect(meter.usage.get('Query')?.readUnits).toBe(1);
  expect(meter.usage.get('PutItem')).toEqual({ count: 1, readUnits: 0, writeUnits: 1 });
});
