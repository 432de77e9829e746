import type { Publication } from '../../../domain/publications/publication.js';
import type { Application } from '../../application.js';
import { cut, type EventLog } from '../../event-log.js';
import { toClientError } from '../frames/replies.js';

/** Within the time of a frame. */
const PUSHING_MS = 5_000;

/**
 * Pushes before the ack, since an instance stops with its answer. Members whose turn does not come find the gap in the
 * offsets.
 */
export const serveLargeRoom =
  (application: () => Application, log: EventLog) =>
  async (publication: Publication): Promise<void> => {
    const deadline = Date.now() + PUSHING_MS;
    const fields = { route: 'fan-out', requestIds: [cut(publication.requestId)] };
    const reports = await application().deliverPublications.execute([publication], deadline);
    for (const { publications, durationMs, ...report } of reports) {
      if (!('error' in report)) log.info({ ...fields, outcome: 'ok', durationMs, ...report });
      else {
        const { code: outcome, cause: error } = toClientError(report.error);
        log.warn({ ...fields, outcome, durationMs, error }, 'A room could not be served');
      }
    }
  };
