import { type Access, ownAccess } from '../settings/access.js';
import { FifoQueue } from './fifo-queue.js';
import { type QueueHandler, QueueMapping } from './queue-mapping.js';
import { startQueueServer } from './queue-server.js';
import type { QueueSettings } from './queue-settings.js';

export interface LocalQueue {
  access: Access & { endpoint: string };
  /** Of the queue, and of the queue for its failures. */
  urls: { queue: string; failures: string };
  /** Messages that were given up. */
  failures: FifoQueue;
  /** Call it once: from then on, waiting messages are served. */
  serve(handler: QueueHandler, concurrency: number): QueueMapping;
  stop(): Promise<void>;
}

/** A FIFO queue in this process. It answers only requests with the key of `access`. */
export const openQueue = async (settings: QueueSettings): Promise<LocalQueue> => {
  let mapping: QueueMapping | undefined;
  const { visibilityTimeout, maxReceiveCount } = settings;
  const failures = new FifoQueue({ visibilityTimeout: 30 });
  const queue = new FifoQueue({
    visibilityTimeout,
    maxReceiveCount,
    deadLetters: failures,
    onMessage: () => mapping?.poll(),
  });
  const own = ownAccess();
  const server = await startQueueServer(
    new Map([
      ['queue.fifo', queue],
      ['failures.fifo', failures],
    ]),
    own.credentials.accessKeyId,
  );
  return {
    access: { ...own, endpoint: server.endpoint },
    urls: { queue: server.urlOf('queue.fifo'), failures: server.urlOf('failures.fifo') },
    failures,
    serve: (handler, concurrency) => {
      mapping = new QueueMapping({ settings, concurrency, queue, handler });
      mapping.poll();
      return mapping;
    },
    stop: async () => {
      await mapping?.stop();
      await server.stop();
    },
  };
};
