import type { Action } from '../../../protocol/actions.js';
import { lost } from '../connection/lost.js';
import type { SwitchboardError } from '../switchboard-error.js';
import { backoff } from '../time/backoff.js';
import type { Outgoing } from './outgoing.js';
import type { Queue } from './queue.js';
import type { Answer, Requester } from './requester.js';

/**
 * A request that outlives its connection: the same words again, on whatever connection there is by then, until
 * there is an answer that stands, or until it has taken too long or too many attempts. Its time begins with the
 * call, even where it has to wait for its turn.
 */
export const requestUntilAnswered = <A extends Action>(
  requester: Requester,
  action: A,
  fields: () => Outgoing<A>,
  inTurn: Queue = (operation) => operation(),
  maxAttempts = requester.config.maxAttempts,
): Promise<Answer<A>> => {
  const { clock, random, giveUpAfterMs, requestTimeoutMs, log } = requester.config;
  const deadline = clock.now() + giveUpAfterMs;
  const leftMs = () => deadline - clock.now();
  return inTurn(async () => {
    let last = lost();
    for (let attempt = 0; attempt < maxAttempts && leftMs() > 0; attempt += 1) {
      try {
        await requester.ready(leftMs());
        // It may have been a long sleep.
        if (leftMs() > 0)
          return await requester.request(action, fields(), Math.min(requestTimeoutMs, leftMs()));
      } catch (error) {
        last = error as SwitchboardError;
        if (!last.retryable || requester.isClosed) throw error;
      }
      // After a lost connection the next one is wait enough.
      if (last.code === 'connection_lost') continue;
      const pauseMs = (last.retryAfterMs ?? 0) + backoff(attempt, random);
      if (pauseMs >= leftMs()) break;
      log(`${action}: ${last.code}, again in ${pauseMs} ms`);
      await requester.wait(pauseMs);
    }
    throw last;
  });
};
