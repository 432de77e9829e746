import type { WaitingPiece } from '../../../application/delivery/serve-pieces.js';
import type { Piece } from '../../../domain/publications/piece.js';
import type { Application } from '../../application.js';
import { type EventLog, shortenId } from '../../event-log.js';
import { toClientError } from '../frames/replies.js';

/** The part of an SQS message that is needed here. */
export interface QueueMessage {
  messageId: string;
  body: string;
  attributes: QueueAttributes;
}

/** Times are in epoch milliseconds, of SQS's clock. */
export interface QueueAttributes {
  SentTimestamp: string;
  ApproximateFirstReceiveTimestamp: string;
  ApproximateReceiveCount: string;
}

/** The time after which a failed message comes again: the queue's visibility timeout in `serverless.yml`. */
export const COMES_AGAIN_MS = 130_000;

export interface QueueResult {
  batchItemFailures: { itemIdentifier: string }[];
}

interface Waiting extends WaitingPiece {
  messageId: string;
}

/** Time that remains when pushing ends, in milliseconds. */
const RESERVE_MS = 5_000;

/**
 * The consumer of the queue of pieces. A reported message comes again. It also reports all messages behind it in its group:
 * otherwise they would overtake it.
 */
export const createPieces =
  (application: Application, read: (body: string) => Piece, log: EventLog) =>
  async (
    event: { Records: readonly QueueMessage[] },
    context: { getRemainingTimeInMillis(): number },
  ): Promise<QueueResult> => {
    const deadline = Date.now() + context.getRemainingTimeInMillis() - RESERVE_MS;
    const failed: string[] = [];
    const waiting: Waiting[] = [];

    for (const { messageId, body, attributes } of event.Records) {
      try {
        waiting.push({ messageId, piece: read(body), ageMs: ageOf(attributes) });
      } catch (error) {
        failed.push(messageId);
        log.warn({ messageId, error }, 'A message of the queue is not a piece');
      }
    }
    for (const { pieces, publications, durationMs, ...report } of await application.servePieces.execute(
      waiting,
      deadline,
    )) {
      const requestIds = publications.map(({ requestId }) => shortenId(requestId));
      const fields = { route: 'pieces', requestIds, durationMs };
      const again = () => failed.push(...pieces.map(({ messageId }) => messageId));
      if ('error' in report) {
        again();
        const { room, section, error } = report;
        const { code: outcome, cause } = toClientError(error);
        log.warn({ ...fields, outcome, room, section, error: cause }, 'A piece could not be served');
      } else if ('gaveUp' in report) {
        log.warn({ ...fields, outcome: 'too_old', ...report }, 'Pieces were too old and were given up');
      } else if (report.complete) log.info({ ...fields, outcome: 'ok', ...report });
      else {
        again();
        log.warn({ ...fields, outcome: 'ok', ...report }, 'Not every member had a turn');
      }
    }
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };

/** A message that waits behind another of its group has not been received yet. */
const ageOf = (attributes: QueueAttributes): number =>
  Number(attributes.ApproximateFirstReceiveTimestamp) -
  Number(attributes.SentTimestamp) +
  (Number(attributes.ApproximateReceiveCount) - 1) * COMES_AGAIN_MS;
