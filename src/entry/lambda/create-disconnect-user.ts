import * as z from 'zod/mini';
import { isUserId } from '../../domain/user-id.js';
import type { Application } from '../application.js';
import type { EventLog } from '../event-log.js';

const Request = z.object({ userId: z.string().check(z.refine(isUserId)) });

/**
 * An operator's function: `{ "userId": "alice" }`. Who may invoke it is IAM's to decide.
 *
 * @throws Error when there is no user id in the payload
 */
export const createDisconnectUser =
  (application: Application, log: EventLog) =>
  async (input: unknown): Promise<{ connections: number }> => {
    const { success, data } = Request.safeParse(input);
    if (!success) throw new Error('The payload has to be {"userId": "…"}');
    const result = await application.disconnectUser.execute(data.userId);
    log.info({ route: 'disconnect-user', userId: data.userId, ...result });
    return result;
  };
