import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createDocumentClient } from '../../../../src/adapters/dynamodb/table/document-client.js';
import { DocumentTable } from '../../../../src/adapters/dynamodb/table/document-table.js';
import { StoreClock } from '../../../../src/adapters/dynamodb/table/store-clock.js';
import { StoreTime } from '../../../../src/adapters/dynamodb/table/store-time.js';
import { VirtualClock } from '../../../support/time/virtual-clock.js';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const DAY_MS = 24 * 3_600_000;
const row = { pk: 'p', sk: 's' };

describe('the time of a DynamoDB server', () => {
  let server: Server;
  let date: string | undefined;
  let statusCode: number;
  let clock: VirtualClock;
  let table: DocumentTable;
  let documents: ReturnType<typeof createDocumentClient>;

  beforeEach(async () => {
    clock = new VirtualClock();
    date = new Date(clock.now()).toUTCString();
    statusCode = 200;
    server = createServer((request, response) => {
      request.resume();
      response.sendDate = false;
      if (date !== undefined) response.setHeader('date', date);
      response.statusCode = statusCode;
      response.setHeader('content-type', 'application/x-amz-json-1.0');
      response.end(
        statusCode === 200
          ? '{}'
          : '{"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException"}',
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    documents = createDocumentClient({
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      region: 'local',
      credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    });
    table = new DocumentTable(documents, 'rows', async () => {}, new StoreTime(documents, clock));
  });
  afterEach(async () => {
    documents.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  it('is what its latest answer says, and goes on with the clock', async () => {
    expect(table.now()).toBeUndefined();

    date = new Date(clock.now() - 8 * DAY_MS).toUTCString();
    await table.get(row);
    clock.advance(90_000);

    expect(table.now()).toBe(clock.now() - 8 * DAY_MS);
  });

  it('comes with a refusal too', async () => {
    statusCode = 400;
    expect(await table.put(row, { absent: 'pk' })).toBe(false);

    expect(table.now()).toBe(clock.now());
  });

  it.each([undefined, 'soon'])('stays unknown when the answer says %s', async (said) => {
    date = said;
    await table.get(row);

    expect(table.now()).toBeUndefined();
  });

  it('counts while it differs from the clock by more than 5 minutes, and that is said once', async () => {
    const said: number[] = [];
    const time = new StoreClock(table, clock, (aheadMs) => said.push(aheadMs));
    const answered = clock.now();
    await table.get(row);
    expect(time.now()).toBe(answered);

    clock.advance(5 * 60_000);
    await table.get(row);
    expect(time.now()).toBe(clock.now());

    clock.advance(8 * DAY_MS);
    await table.get(row);
    expect(time.now()).toBe(answered);
    expect(time.now()).toBe(answered);
    expect(said).toEqual([8 * DAY_MS + 5 * 60_000]);

    clock.advance(-8 * DAY_MS);
    await table.get(row);
    expect(time.now()).toBe(clock.now());
  });
});
