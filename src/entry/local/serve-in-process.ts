import type { Publication } from '../../domain/publications/publication.js';
import type { Application } from '../application.js';
import type { Surroundings } from './settings/surroundings.js';

const FAN_OUT_MS = 60_000;

/** Delivers to a large room from this process, for a store without a stream. */
export const serveInProcess =
  (application: () => Application, { log, clock, meter }: Surroundings) =>
  (publication: Publication): void => {
    const serve = meter.metered('fan-out', async () => {
      const deadline = clock.now() + FAN_OUT_MS;
      const handedOver = { ...publication, mark: publication.id };
      const reports = await application().deliverPublications.execute([handedOver], deadline);
      for (const report of reports) if ('error' in report) throw report.error;
    });
    serve().catch((error: unknown) => log.warn({ error }, 'A room could not be served'));
  };
