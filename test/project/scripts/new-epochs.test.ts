import { execFile } from 'node:child_process';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ANY_ACCESS } from '../../../src/entry/local/settings/access.js';
import { startSwitchboard } from '../../../src/entry/local/start.js';
import { createTable } from '../../../src/entry/local/storage/create-table.js';
import { type DynamoDBServer, startDynamoDB } from '../../../src/entry/local/storage/dynamodb-server.js';
import { RecordingSocket } from '../../gateway/support/recording-socket.js';
import { BuiltProgram } from '../../support/programs/built-program.js';

type Frame = Record<string, unknown>;

describe('a table that was restored to an earlier moment', () => {
  const program = new BuiltProgram('scripts/operators/new-epochs.ts');
  let dynamodb: DynamoDBServer;
  let documents: DynamoDBDocumentClient;
  let stop = async () => {};
  beforeAll(async () => {
    dynamodb = await startDynamoDB();
    documents = DynamoDBDocumentClient.from(
      new DynamoDBClient({ ...ANY_ACCESS, endpoint: dynamodb.endpoint }),
    );
  });
  afterEach(() => stop());
  afterAll(async () => {
    documents.destroy();
    await dynamodb.stop();
  });

  /** A program on that table, and a function that asks it as alice. */
  const start = async (table: string) => {
    const switchboard = await startSwitchboard({
      port: 0,
      memory: false,
      dataFolder: '',
      env: { LOG_LEVEL: 'silent', DYNAMODB_ENDPOINT: dynamodb.endpoint, MESSAGES_TABLE: table },
      gateway: { host: '127.0.0.1' },
    });
    const client = new RecordingSocket(`${switchboard.gateway.url}?userId=alice`);
    await client.status;
    stop = async () => {
      client.socket.terminate();
      await switchboard.stop();
    };
    return async (frame: Frame): Promise<Frame> => {
      client.send({ ...frame, id: 'asked' });
      for (let index = client.frames.length; ; index += 1) {
        const reply = JSON.parse(await client.frame(index)) as Frame;
        if (reply.id === 'asked') return reply;
      }
    };
  };

  const copy = async (from: string, to: string): Promise<void> => {
    await createTable(new DynamoDBClient({ ...ANY_ACCESS, endpoint: dynamodb.endpoint }), to);
    for await (const { Items = [] } of paginateScan({ client: documents }, { TableName: from }))
      for (const Item of Items) await documents.send(new PutCommand({ TableName: to, Item }));
  };

  const newEpochs = (...args: string[]) =>
    new Promise<string>((resolve, reject) =>
      execFile(
        process.execPath,
        [program.file, ...args],
        {
          env: {
            PATH: process.env.PATH,
            AWS_ENDPOINT_URL: dynamodb.endpoint,
            AWS_REGION: ANY_ACCESS.region,
            AWS_ACCESS_KEY_ID: ANY_ACCESS.credentials.accessKeyId,
            AWS_SECRET_ACCESS_KEY: ANY_ACCESS.credentials.secretAccessKey,
          },
        },
        (error, stdout, stderr) => (error ? reject(new Error(stderr)) : resolve(stdout)),
      ),
    );

  /**
   * Makes two publications, copies the table, and makes another publication, which the copy lacks. Resolves to the
   * publisher's cursor.
   */
  const publishAndRestore = async (name: string) => {
    const ask = await start(`${name}-lost`);
    await ask({ action: 'broadcast', data: 'one' });
    await ask({ action: 'broadcast', data: 'two', key: 'k2' });
    await copy(`${name}-lost`, `${name}-restored`);
    const { epoch, offset } = await ask({ action: 'broadcast', data: 'lost' });
    await stop();
    return { epoch, offset };
  };

  it('gives new publications the places of lost ones, and no client notices', async () => {
    const since = await publishAndRestore('careless');
    const ask = await start('careless-restored');

    await ask({ action: 'broadcast', data: 'in its place' });
    const { recovered, items } = await ask({ action: 'history', room: '*', since });

    expect({ recovered, items }).toEqual({ recovered: true, items: [] });
  });

  it('tells a client that is ahead of it that the epoch changed, after new-epochs', async () => {
    const since = await publishAndRestore('careful');
    expect(await newEpochs('--table', 'careful-restored')).toBe(
      'careful-restored: 1 new epochs, 1 forgotten idempotency keys\n',
    );
    const ask = await start('careful-restored');

    const published = await ask({ action: 'broadcast', data: 'not in its place' });
    const { recovered, reason } = await ask({ action: 'history', room: '*', since });

    expect({ recovered, reason }).toEqual({ recovered: false, reason: 'epoch_changed' });
    expect(published.offset).toBe(1);
    expect(String(published.epoch) > String(since.epoch)).toBe(true);
  });

  it('publishes a key again whose message is in an ended epoch, after new-epochs', async () => {
    await publishAndRestore('keyed');
    await newEpochs('--table', 'keyed-restored');
    const ask = await start('keyed-restored');

    const reply = await ask({ action: 'broadcast', data: 'two', key: 'k2' });

    expect(reply).toMatchObject({ type: 'ack', offset: 1 });
    expect(reply).not.toHaveProperty('repeated');
  });

  it.each([[[]], [['--table', 'a', '--stage', 'dev']]])('says how to name a table: %j', async (args) => {
    await expect(newEpochs(...args)).rejects.toThrow('Usage: npm run new-epochs');
  });
});
