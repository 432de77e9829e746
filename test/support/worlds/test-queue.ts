import { afterAll } from '@jest/globals';
import { createQueueClient } from '../../../src/adapters/sqs/create-queue-client.js';
import { toPiece } from '../../../src/adapters/sqs/piece-message.js';
import { SqsPieceQueue } from '../../../src/adapters/sqs/piece-queue.js';
import { FifoQueue } from '../../../src/entry/local/queue/fifo-queue.js';
import { type QueueServer, startQueueServer } from '../../../src/entry/local/queue/queue-server.js';
import { ANY_ACCESS } from '../../../src/entry/local/settings/access.js';
import type { Pieces } from '../../contracts/piece-queue.contract.js';

/** Servers of FIFO queues on loopback, and the production adapter that reaches them. */
export class TestQueue {
  readonly #servers: QueueServer[] = [];

  constructor() {
    afterAll(async () => {
      for (const server of this.#servers) await server.stop();
    });
  }

  async pieces(): Promise<Pieces> {
    let now = 1_760_000_000_000;
    const options = { visibilityTimeout: 0, now: () => now };
    const queues = new Map(['pieces', 'failures'].map((name) => [name, new FifoQueue(options)]));
    const server = await this.#start(queues);
    const client = createQueueClient({ ...ANY_ACCESS, endpoint: server.endpoint });
    const urls = { pieces: server.urlOf('pieces'), failures: server.urlOf('failures') };
    const take = (name: string) => async () => {
      const queue = queues.get(name) as FifoQueue;
      const messages = queue.receive(1_000);
      for (const { messageId } of messages) queue.delete(messageId);
      return messages.map(({ body }) => toPiece(body));
    };
    return {
      queue: new SqsPieceQueue(client, urls),
      take: take('pieces'),
      gaveUp: take('failures'),
      advance: (ms) => {
        now += ms;
      },
    };
  }

  async #start(queues: ReadonlyMap<string, FifoQueue>): Promise<QueueServer> {
    const server = await startQueueServer(queues, ANY_ACCESS.credentials.accessKeyId);
    this.#servers.push(server);
    return server;
  }
}
