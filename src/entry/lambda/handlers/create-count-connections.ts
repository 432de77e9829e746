import type { Application } from '../../application.js';
import { type EventLog, shortenId } from '../../event-log.js';

/** A schedule invokes it; its line becomes the metric `ConnectionsKnown`. */
export const createCountConnections =
  (application: Application, log: EventLog) =>
  async (_event: unknown, context?: { awsRequestId?: string }): Promise<{ connections: number }> => {
    const startedAt = performance.now();
    const connections = await application.countConnections.execute();
    const durationMs = Math.round(performance.now() - startedAt);
    const requestId = shortenId(context?.awsRequestId ?? '');
    log.info({ requestId, route: 'count-connections', outcome: 'ok', durationMs, connections });
    return { connections };
  };
