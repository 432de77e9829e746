import { ClientError } from '../../../domain/client-error.js';
import type { Application } from '../../application.js';
import type { Message, Parsed } from './reading/message.js';
import type { FrameWork, Route, RouteResult } from './route.js';
import { withTimeLimit } from './with-time-limit.js';

/**
 * Carries out a frame. Every frame counts and can end the session, even a frame that is refused for its content.
 * `routeOf` may also refuse it.
 */
export const execute = <Ack>(
  application: Application,
  message: Message,
  { frame, error }: Parsed,
  routeOf: () => Route<Ack>,
  timeoutMs: number | undefined,
): Promise<RouteResult<Ack>> =>
  withTimeLimit(async (time) => {
    if (!message.identity) throw new ClientError('unauthenticated');
    const identity = { ...message.identity, time };
    let work: FrameWork<Ack> | undefined;
    let wrong: unknown;
    const caller = await application.admitFrame.execute(identity, () => {
      try {
        if (error) throw error;
        work = routeOf()(application, identity, frame);
      } catch (thrown) {
        wrong = thrown;
      }
      return work?.ahead;
    });
    if (!work) throw wrong;
    return work.execute(caller);
  }, timeoutMs);
