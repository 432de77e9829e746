import * as z from 'zod/mini';
import { userId } from '../../../schemas/grammar.js';
import type { Application } from '../application.js';
import { cut, type EventLog } from '../event-log.js';
import { toClientError } from './frames/replies.js';

const Request = z.object({ userId });

/**
 * An operator's function: `{ "userId": "alice" }`. IAM decides who may invoke it.
 *
 * @throws Error when the payload has no user id
 */
export const createDisconnectUser =
  (application: Application, log: EventLog) =>
  async (input: unknown, context?: { awsRequestId?: string }): Promise<{ connections: number }> => {
    const { success, data } = Request.safeParse(input);
    if (!success) throw new Error('The payload has to be {"userId": "…"}');
    const { userId } = data;
    const startedAt = performance.now();
    const fields = () => ({
      requestId: cut(context?.awsRequestId ?? ''),
      route: 'disconnect-user',
      userId,
      durationMs: Math.round(performance.now() - startedAt),
    });
    try {
      const result = await application.disconnectUser.execute(userId);
      log.info({ ...fields(), outcome: 'ok', ...result });
      return result;
    } catch (thrown) {
      const { code: outcome, cause: error } = toClientError(thrown);
      log.warn({ ...fields(), outcome, error }, 'Not all of the user’s connections were closed: try again');
      throw new Error(outcome);
    }
  };
