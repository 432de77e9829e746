import type { HandedOver } from '../../../domain/publications/piece.js';
import type { Application } from '../../application.js';
import { type EventLog, shortenId } from '../../event-log.js';
import { toClientError } from '../frames/replies.js';

export interface StreamResult {
  batchItemFailures: { itemIdentifier: string }[];
}

/** A record of the stream, read by the adapter that wrote the row; `error`: it is no publication. */
type Read = { sequenceNumber: string } & ({ publication: HandedOver } | { error: unknown });

/** Time that remains when pushing ends, in milliseconds. */
const RESERVE_MS = 5_000;

/**
 * The consumer of the messages table's stream. It reports only the records that it cannot read or serve. It serves all other
 * records of the batch at once, even if a record before them keeps failing.
 */
export const createFanOut =
  <StreamRecord>(application: Application, read: (record: StreamRecord) => Read, log: EventLog) =>
  async (
    event: { Records: readonly StreamRecord[] },
    context: { getRemainingTimeInMillis(): number },
  ): Promise<StreamResult> => {
    const deadline = Date.now() + context.getRemainingTimeInMillis() - RESERVE_MS;
    const sequenceNumbers = new Map<HandedOver, string>();
    const failed: string[] = [];

    for (const { sequenceNumber, ...found } of event.Records.map(read)) {
      if ('publication' in found) sequenceNumbers.set(found.publication, sequenceNumber);
      else {
        failed.push(sequenceNumber);
        log.warn({ sequenceNumber, error: found.error }, 'A stream record is not a publication');
      }
    }
    const reports = await application.deliverPublications.execute([...sequenceNumbers.keys()], deadline);
    for (const { publications, durationMs, ...report } of reports) {
      const requestIds = publications.map(({ requestId }) => shortenId(requestId));
      const fields = { route: 'fan-out', requestIds };
      if (!('error' in report)) {
        const line = { ...fields, outcome: 'ok', durationMs, ...report };
        if (report.complete === false) log.warn(line, 'Not every member had a turn');
        else log.info(line);
      } else {
        failed.push(...publications.map((publication) => sequenceNumbers.get(publication) ?? ''));
        const { code: outcome, cause: error } = toClientError(report.error);
        log.warn({ ...fields, outcome, durationMs, error }, 'A room could not be served');
      }
    }
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };
