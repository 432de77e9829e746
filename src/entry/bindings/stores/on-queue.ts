import { ContainerModule } from 'inversify';
import { createQueueClient, type QueueClientOptions } from '../../../adapters/sqs/create-queue-client.js';
import { SqsPieceQueue } from '../../../adapters/sqs/piece-queue.js';
import type { Settings } from '../../settings.js';
import { TOKENS } from '../tokens.js';

/** The queue of a deployment; with another endpoint, also that of a laptop. */
export const onQueue = (settings: Settings, access: QueueClientOptions = {}): ContainerModule => {
  const { PIECE_QUEUE_URL: pieces, PIECE_FAILURES_URL: failures } = settings;
  if (pieces === undefined) throw new Error('PIECE_QUEUE_URL is not set');
  if (failures === undefined) throw new Error('PIECE_FAILURES_URL is not set');
  return new ContainerModule(({ bind }) => {
    bind(TOKENS.pieces).toResolvedValue(
      () => new SqsPieceQueue(createQueueClient(access), { pieces, failures }),
      [],
    );
  });
};
