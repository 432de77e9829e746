import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createDocumentClient } from '../../../../src/adapters/dynamodb/table/document-client.js';
import { DocumentTable } from '../../../../src/adapters/dynamodb/table/document-table.js';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

interface Batch {
  RequestItems: { rows: { PutRequest: { Item: { sk: { S: string } } } }[] };
}

const ROWS = ['a', 'b', 'c'].map((sk) => ({ pk: 'p', sk }));

/** dynalite always writes a whole batch; a busy DynamoDB returns some of it unprocessed. */
describe('writes of a batch that DynamoDB leaves unprocessed', () => {
  const asked: string[][] = [];
  let server: Server;
  let table: DocumentTable;
  /** How many writes of a batch are done. */
  let done: number;
  const documents = () =>
    createDocumentClient({
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      region: 'local',
      credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    });
  let client: ReturnType<typeof documents>;

  beforeEach(async () => {
    asked.length = 0;
    server = createServer(async (request, response) => {
      const { rows } = ((await json(request)) as Batch).RequestItems;
      asked.push(rows.map(({ PutRequest }) => PutRequest.Item.sk.S));
      const left = rows.slice(done);
      response.setHeader('content-type', 'application/x-amz-json-1.0');
      response.end(JSON.stringify({ UnprocessedItems: left.length > 0 ? { rows: left } : {} }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    client = documents();
    table = new DocumentTable(client, 'rows', async () => {});
  });
  afterEach(async () => {
    client.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('are sent again until none is left', async () => {
    done = 1;

    await table.putAll(ROWS);

    expect(asked).toEqual([['a', 'b', 'c'], ['b', 'c'], ['c']]);
  });

  it('are `unavailable` after a limited number of tries', async () => {
    done = 0;

    await expect(table.putAll(ROWS)).rejects.toMatchObject({ code: 'unavailable' });
    expect(asked).toHaveLength(8);
  });
});
