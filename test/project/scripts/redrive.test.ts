import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { invokeApi } from '../../../gateway/lambda/invoke-api.js';
import { toPublicationRow } from '../../../src/adapters/dynamodb/log/publication-row.js';
import { readStreamRecord } from '../../../src/adapters/dynamodb/log/read-stream-record.js';
import { toMessage, toPiece } from '../../../src/adapters/sqs/piece-message.js';
import { PIECE_AGE_MS } from '../../../src/application/delivery/serve-pieces.js';
import { JsonText } from '../../../src/domain/json/json-text.js';
import { EventLog } from '../../../src/entry/event-log.js';
import { createFanOut } from '../../../src/entry/lambda/handlers/create-fan-out.js';
import type { QueueMessage } from '../../../src/entry/lambda/handlers/create-pieces.js';
import { FifoQueue } from '../../../src/entry/local/queue/fifo-queue.js';
import { type QueueServer, startQueueServer } from '../../../src/entry/local/queue/queue-server.js';
import { ANY_ACCESS } from '../../../src/entry/local/settings/access.js';
import { type StreamRecord, toStreamRecord } from '../../../src/entry/local/stream/stream-record.js';
import { connectEvent, messageEvent, routerWorld } from '../../robustness/fuzz/router-world.js';
import { BuiltProgram } from '../../support/programs/built-program.js';

const ALICE = 'Alice12345678900=';
const KEY = 'aws/lambda/mapping/shard/2026/11/26/one';

/** As Lambda writes it to a bucket. */
const failureRecord = (...offsets: number[]): string => {
  const Records = offsets.map((offset) => {
    const row = toPublicationRow(
      { room: 'lobby', epoch: '1760000000000-abcdef', offset },
      { from: 'bob', data: JsonText.of(offset), requestId: 'r' },
      { id: `p${offset}`, at: Date.now(), expiresAt: Date.now() + 60_000, handOver: true },
    );
    return toStreamRecord({ eventName: 'INSERT', key: row, newImage: row }, offset, 'messages');
  });
  return JSON.stringify({
    requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 6 },
    version: '1.0',
    timestamp: '2026-11-26T12:00:00.000Z',
    payload: JSON.stringify({ Records }),
  });
};

describe('npm run redrive', () => {
  const program = new BuiltProgram('scripts/operators/redrive.ts');
  const objects = new Map<string, string>();
  let world: ReturnType<typeof routerWorld>;
  let server: Server;
  let fails = false;
  let queues: QueueServer | undefined;
  let served: { piece: unknown; ageMs: number }[] = [];

  /** As much of S3 and of Lambda as the command asks. */
  const listen = async () => {
    const fanOut = createFanOut(world.application, readStreamRecord, new EventLog('silent'));
    const invoke = invokeApi(
      new Map([
        [
          'fan-out',
          async (payload: unknown) => {
            const event = payload as { Records: StreamRecord[] };
            if (!fails) return fanOut(event, { getRemainingTimeInMillis: () => 60_000 });
            return { batchItemFailures: event.Records.map(() => ({ itemIdentifier: 'it' })) };
          },
        ],
        ['pieces', servePieces],
      ]),
    );
    server = createServer((request, response) => {
      if (invoke(request, response)) return;
      const { pathname } = new URL(request.url ?? '', 'http://localhost');
      const key = pathname.replace(/^\/failures\/?/, '');
      if (request.method === 'DELETE') {
        objects.delete(key);
        response.writeHead(204).end();
      } else if (key !== '') response.end(objects.get(key));
      else {
        const contents = [...objects.keys()].map((name) => `<Contents><Key>${name}</Key></Contents>`);
        response.setHeader('content-type', 'application/xml');
        response.end(
          `<ListBucketResult>${contents.join('')}<IsTruncated>false</IsTruncated></ListBucketResult>`,
        );
      }
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  };

  /** As the function does, but for pushing. */
  const servePieces = async (payload: unknown) => {
    const { Records } = payload as { Records: QueueMessage[] };
    if (fails) return { batchItemFailures: [{ itemIdentifier: 'it' }] };
    for (const { body, attributes } of Records)
      served.push({ piece: toPiece(body), ageMs: Date.now() - Number(attributes.SentTimestamp) });
    return { batchItemFailures: [] };
  };

  beforeEach(async () => {
    fails = false;
    objects.clear();
    world = routerWorld();
    world.clients.open(ALICE);
    await world.handler(connectEvent(ALICE));
    await world.handler(messageEvent('join', '{"action":"join","room":"lobby"}', ALICE));
    await listen();
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const redrive = (...args: string[]) =>
    new Promise<{ code: number; stdout: string; stderr: string }>((resolve) =>
      execFile(
        process.execPath,
        [program.file, ...args],
        {
          env: {
            PATH: process.env.PATH,
            AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
            ...(queues && { AWS_ENDPOINT_URL_SQS: queues.endpoint }),
            AWS_REGION: ANY_ACCESS.region,
            AWS_ACCESS_KEY_ID: ANY_ACCESS.credentials.accessKeyId,
            AWS_SECRET_ACCESS_KEY: ANY_ACCESS.credentials.secretAccessKey,
            AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
          },
        },
        (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
      ),
    );

  const received = () =>
    (world.clients.received(ALICE) as { type: string; items: { offset: number }[] }[])
      .filter(({ type }) => type === 'messages')
      .flatMap(({ items }) => items.map(({ offset }) => offset));

  it('lists the records that fan-out gave up on, and changes nothing', async () => {
    objects.set(KEY, failureRecord(1, 2));

    expect(await redrive('--bucket', 'failures', '--function', 'fan-out')).toEqual({
      code: 0,
      stdout:
        '2026-11-26T12:00:00.000Z  RetryAttemptsExhausted  lobby 1,2\n1 failed batch; --push pushes them again\n',
      stderr: '',
    });
    expect(objects.size).toBe(1);
    expect(received()).toEqual([]);
  });

  it('pushes them again, and deletes those that succeeded', async () => {
    objects.set(KEY, failureRecord(1, 2));

    const { code, stdout } = await redrive('--bucket', 'failures', '--function', 'fan-out', '--push');

    expect(stdout).toContain('\n  pushed again\n');
    expect(code).toBe(0);
    expect(received()).toEqual([1, 2]);
    expect(objects.size).toBe(0);
  });

  it('keeps what fails again, and exits with 1', async () => {
    fails = true;
    objects.set(KEY, failureRecord(1, 2));

    const { code, stdout } = await redrive('--bucket', 'failures', '--function', 'fan-out', '--push');

    expect(stdout).toContain('  2 of 2 failed again; kept');
    expect(code).toBe(1);
    expect(objects.size).toBe(1);
  });

  it('names an object that is not a failure record, and continues', async () => {
    objects.set('aws/lambda/odd', 'odd');
    objects.set(KEY, failureRecord(3));

    const { stdout } = await redrive('--bucket', 'failures', '--function', 'fan-out', '--push');

    expect(stdout).toContain('aws/lambda/odd is no failure record');
    expect(received()).toEqual([3]);
    expect([...objects.keys()]).toEqual(['aws/lambda/odd']);
  });

  describe('with pieces', () => {
    const PIECE = {
      room: 'lobby',
      section: { after: 'A' },
      places: [{ epoch: '1760000000000-abcdef', offset: 4, mark: 'm' }],
    };
    let failures: FifoQueue;

    beforeEach(async () => {
      served = [];
      failures = new FifoQueue({ visibilityTimeout: 120 });
      queues = await startQueueServer(
        new Map([['failures.fifo', failures]]),
        ANY_ACCESS.credentials.accessKeyId,
      );
      const { MessageBody, MessageGroupId, MessageDeduplicationId } = toMessage(PIECE, 0);
      for (const again of ['', 'again'])
        failures.send({
          body: String(MessageBody),
          groupId: String(MessageGroupId),
          deduplicationId: String(MessageDeduplicationId) + again,
        });
    });

    afterEach(async () => {
      await queues?.stop();
      queues = undefined;
    });

    const redrivePieces = (...args: string[]) =>
      redrive('--queue', String(queues?.urlOf('failures.fifo')), '--pieces', 'pieces', ...args);

    it('lists given-up pieces, each once, and changes nothing', async () => {
      const { code, stdout } = await redrivePieces();

      const line = `Z  a piece  lobby 4  {"after":"A"}\n`;
      expect(stdout.split('\n')[0]).toContain(line.trim());
      expect(stdout).toContain('\n2 pieces that were given up; --push pushes them again\n');
      expect(code).toBe(0);
      expect(failures.messages).toHaveLength(2);
      expect(served).toEqual([]);
    });

    it('pushes them at any age, and deletes those that succeeded', async () => {
      const { code, stdout } = await redrivePieces('--push');

      expect(stdout).toContain('\n  pushed again\n');
      expect(code).toBe(0);
      expect(served).toEqual([
        { piece: PIECE, ageMs: expect.any(Number) },
        { piece: PIECE, ageMs: expect.any(Number) },
      ]);
      for (const { ageMs } of served) expect(ageMs).toBeLessThan(PIECE_AGE_MS);
      expect(failures.messages).toEqual([]);
    });

    it('keeps what fails again, and exits with 1', async () => {
      fails = true;

      const { code, stdout } = await redrivePieces('--push');

      expect(stdout).toContain('  failed again; kept');
      expect(code).toBe(1);
      expect(failures.messages).toHaveLength(2);
    });
  });

  it('says how to name a stage', async () => {
    expect(await redrive('--push')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Usage: npm run redrive'),
    });
  });
});
