import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FifoQueue } from '../../../../src/entry/local/queue/fifo-queue.js';
import { type QueueHandler, QueueMapping } from '../../../../src/entry/local/queue/queue-mapping.js';
import { readQueueSettings } from '../../../../src/entry/local/queue/queue-settings.js';

const SETTINGS = readQueueSettings(
  new URL('../../../../serverless.yml', import.meta.url),
  'pieces',
  'PieceQueue',
);

describe('the local mapping of a queue', () => {
  let now: number;
  let queue: FifoQueue;
  let mapping: QueueMapping;
  let batches: string[][];
  let handler: QueueHandler;

  beforeEach(() => {
    now = Date.now();
    batches = [];
    handler = async () => ({ batchItemFailures: [] });
    queue = new FifoQueue({
      visibilityTimeout: SETTINGS.visibilityTimeout,
      now: () => now,
      onMessage: () => mapping.poll(),
    });
    mapping = new QueueMapping({
      settings: SETTINGS,
      concurrency: 2,
      queue,
      handler: async (event, context) => {
        batches.push(event.Records.map(({ body }) => body));
        return handler(event, context);
      },
    });
  });

  afterEach(() => mapping.stop());

  const send = (...bodies: string[]) => {
    for (const body of bodies) queue.send({ body, groupId: body[0] ?? '', deduplicationId: body });
  };

  it('takes its settings from the template', () => {
    expect(SETTINGS).toEqual({
      timeout: 120,
      batchSize: 2,
      functionResponseType: 'ReportBatchItemFailures',
      visibilityTimeout: 130,
      maxReceiveCount: 5,
    });
  });

  it('removes served messages', async () => {
    send('a1', 'a2', 'a3');

    await mapping.idle();

    expect(batches).toEqual([['a1', 'a2'], ['a3']]);
    expect(queue.messages).toEqual([]);
  });

  it.each([
    ['reports it', async () => ({ batchItemFailures: [{ itemIdentifier: 'unknown' }] })],
    ['fails', async () => Promise.reject(new Error('out of memory'))],
  ])('lets no message overtake a failed one, when the function %s', async (_, failing) => {
    handler = failing;
    send('a1', 'a2', 'a3');
    await mapping.idle();
    expect(batches).toEqual([['a1', 'a2']]);

    handler = async () => ({ batchItemFailures: [] });
    now += SETTINGS.visibilityTimeout * 1_000;
    mapping.poll();
    await mapping.idle();

    expect(batches).toEqual([['a1', 'a2'], ['a1', 'a2'], ['a3']]);
  });

  it('serves other groups meanwhile, up to its limit of batches', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    handler = async () => {
      await held;
      return { batchItemFailures: [] };
    };
    send('a1', 'a2', 'b1', 'b2', 'c1');
    await new Promise((resolve) => setImmediate(resolve));

    expect(batches).toEqual([
      ['a1', 'a2'],
      ['b1', 'b2'],
    ]);
    release();
    await mapping.idle();
    expect(batches.at(-1)).toEqual(['c1']);
  });
});
