import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { ClientError } from '../../domain/client-error.js';
import type { Publication } from '../../domain/publication.js';
import type { Application } from '../application.js';
import { cut, type EventLog } from '../event-log.js';
import { toClientError } from './replies.js';

/** Of a DynamoDB stream's event, what is needed of it. */
export interface StreamEvent {
  Records: {
    dynamodb?: { NewImage?: Record<string, AttributeValue>; SequenceNumber?: string };
  }[];
}

export interface StreamResult {
  batchItemFailures: { itemIdentifier: string }[];
}

interface Found {
  publication: Publication;
  sequenceNumber: string;
}

/** What is left of the function's time when pushing ends, in milliseconds. */
const RESERVE_MS = 5_000;

/**
 * The consumer of the messages table's stream. What cannot be read or served is reported, and only that: everything else
 * in the batch is served at once, however often a record before it fails. A room that has no turn before the time is up,
 * because others in the batch took it, is reported too.
 */
export const createFanOut =
  (application: Application, read: (image: Record<string, AttributeValue>) => Publication, log: EventLog) =>
  async (event: StreamEvent, context: { getRemainingTimeInMillis(): number }): Promise<StreamResult> => {
    const deadline = Date.now() + context.getRemainingTimeInMillis() - RESERVE_MS;
    const rooms = new Map<string, Found[]>();
    const failed: string[] = [];

    for (const {
      dynamodb: { NewImage: image = {}, SequenceNumber: sequenceNumber = '' } = {},
    } of event.Records) {
      try {
        const publication = read(image);
        rooms.set(publication.room, [
          ...(rooms.get(publication.room) ?? []),
          { publication, sequenceNumber },
        ]);
      } catch (error) {
        failed.push(sequenceNumber);
        log.warn({ sequenceNumber, error }, 'A stream record is not a publication');
      }
    }
    for (const found of rooms.values()) {
      const publications = found.map(({ publication }) => publication);
      const fields = { route: 'fan-out', requestIds: publications.map(({ requestId }) => cut(requestId)) };
      const startedAt = performance.now();
      const durationMs = () => Math.round(performance.now() - startedAt);
      try {
        if (Date.now() >= deadline) throw new ClientError('timeout');
        const report = await application.deliverPublications.execute(publications, deadline);
        log.info({ ...fields, outcome: 'ok', durationMs: durationMs(), ...report });
      } catch (thrown) {
        failed.push(...found.map(({ sequenceNumber }) => sequenceNumber));
        const { code: outcome, cause: error } = toClientError(thrown);
        log.warn({ ...fields, outcome, durationMs: durationMs(), error }, 'A room could not be served');
      }
    }
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };
