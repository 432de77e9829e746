import { type EventLog, shortenId } from '../../event-log.js';
import { toClientError } from '../frames/replies.js';

/** With less time left than this, in milliseconds, no further pass begins: a pass waits at most this long for its answer. */
const RESERVE_MS = 10_000;

/**
 * A scheduled function that deletes expired rows, because appends alone would delete them too slowly: passes until one finds
 * nothing. It fails with a code, and its next run goes on.
 */
export const createExpiry =
  (removeExpired: () => Promise<number>, log: EventLog) =>
  async (
    _event: unknown,
    context: { awsRequestId?: string; getRemainingTimeInMillis(): number },
  ): Promise<{ deleted: number }> => {
    const startedAt = performance.now();
    const fields = () => ({
      requestId: shortenId(context.awsRequestId ?? ''),
      route: 'expiry',
      durationMs: Math.round(performance.now() - startedAt),
    });
    let deleted = 0;
    try {
      for (let found = 1; found > 0 && context.getRemainingTimeInMillis() > RESERVE_MS; deleted += found)
        found = await removeExpired();
    } catch (thrown) {
      const { code: outcome, cause: error } = toClientError(thrown);
      log.warn({ ...fields(), outcome, error, deleted }, 'Expired rows could not be removed');
      throw new Error(outcome);
    }
    log.info({ ...fields(), outcome: 'ok', deleted });
    return { deleted };
  };
