import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { toMessage } from '../../../src/adapters/sqs/piece-message.js';
import { PIECE_AGE_MS } from '../../../src/application/delivery/serve-pieces.js';
import { FifoQueue } from '../../../src/entry/local/queue/fifo-queue.js';
import { type QueueServer, startQueueServer } from '../../../src/entry/local/queue/queue-server.js';
import { ANY_ACCESS } from '../../../src/entry/local/settings/access.js';
import { RedriveWorld } from './support/redrive-world.js';

describe('npm run redrive, with pieces,', () => {
  const world = new RedriveWorld();
  const PIECE = {
    room: 'lobby',
    section: { after: 'A' },
    places: [{ epoch: '1760000000000-abcdef', offset: 4, mark: 'm' }],
  };
  let failures: FifoQueue;
  let queues: QueueServer;

  beforeEach(async () => {
    failures = new FifoQueue({ visibilityTimeout: 120 });
    queues = await startQueueServer(
      new Map([['failures.fifo', failures]]),
      ANY_ACCESS.credentials.accessKeyId,
    );
    world.sqs = queues.endpoint;
    const { MessageBody, MessageGroupId, MessageDeduplicationId } = toMessage(PIECE, 0);
    for (const again of ['', 'again'])
      failures.send({
        body: String(MessageBody),
        groupId: String(MessageGroupId),
        deduplicationId: String(MessageDeduplicationId) + again,
      });
  });

  afterEach(async () => {
    await queues.stop();
    world.sqs = undefined;
  });

  const redrivePieces = (...args: string[]) =>
    world.redrive('--queue', String(queues.urlOf('failures.fifo')), '--pieces', 'pieces', ...args);

  it('lists given-up pieces, each once, and changes nothing', async () => {
    const { code, stdout } = await redrivePieces();

    const line = `Z  a piece  lobby 4  {"after":"A"}\n`;
    expect(stdout.split('\n')[0]).toContain(line.trim());
    expect(stdout).toContain('\n2 pieces that were given up; --push pushes them again\n');
    expect(code).toBe(0);
    expect(failures.messages).toHaveLength(2);
    expect(world.served).toEqual([]);
  });

  it('pushes them at any age, and deletes those that succeeded', async () => {
    const { code, stdout } = await redrivePieces('--push');

    expect(stdout).toContain('\n  pushed again\n');
    expect(code).toBe(0);
    expect(world.served).toEqual([
      { piece: PIECE, ageMs: expect.any(Number) },
      { piece: PIECE, ageMs: expect.any(Number) },
    ]);
    for (const { ageMs } of world.served) expect(ageMs).toBeLessThan(PIECE_AGE_MS);
    expect(failures.messages).toEqual([]);
  });

  it('keeps what fails again, and exits with 1', async () => {
    world.fails = true;

    const { code, stdout } = await redrivePieces('--push');

    expect(stdout).toContain('  failed again; kept');
    expect(code).toBe(1);
    expect(failures.messages).toHaveLength(2);
  });
});
