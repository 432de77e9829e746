import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { PieceQueue } from '../../application/ports/piece-queue.js';
import { ClientError } from '../../domain/client-error.js';
import type { Piece } from '../../domain/publications/piece.js';
import { toMessage } from './piece-message.js';

/** The most messages in one request. */
const BATCH_SIZE = 10;

/** An SQS FIFO queue, and another for pieces that were given up. */
export class SqsPieceQueue implements PieceQueue {
  constructor(
    private readonly client: SQSClient,
    private readonly urls: { pieces: string; failures: string },
  ) {}

  async add(pieces: readonly Piece[]): Promise<void> {
    await this.#send(this.urls.pieces, pieces);
  }

  async giveUp(pieces: readonly Piece[]): Promise<void> {
    await this.#send(this.urls.failures, pieces);
  }

  async #send(QueueUrl: string, pieces: readonly Piece[]): Promise<void> {
    for (let first = 0; first < pieces.length; first += BATCH_SIZE) {
      const Entries = pieces.slice(first, first + BATCH_SIZE).map(toMessage);
      const { Failed: failed = [] } = await this.client
        .send(new SendMessageBatchCommand({ QueueUrl, Entries }))
        .catch((cause: unknown) => {
          throw new ClientError('unavailable', { cause });
        });
      if (failed.length === 0) continue;
      const codes = [...new Set(failed.map(({ Code }) => Code))].join(', ');
      throw new ClientError('unavailable', { cause: new Error(`SQS refused ${failed.length}: ${codes}`) });
    }
  }
}
