import type { Action } from '../../../protocol/actions.js';
import { connectionLost } from '../connection/connection-lost.js';
import type { SwitchboardError } from '../switchboard-error.js';
import { backoff } from '../time/backoff.js';
import type { Outgoing } from './outgoing.js';
import type { Queue } from './queue.js';
import type { Answer, Requester } from './requester.js';

/**
 * A request that outlives its connection: it sends the same frame again, on the then current connection, until there is
 * a final answer, or until it has taken too long or too many attempts. Its time begins with the call, even if it has to
 * wait for its turn.
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
    let last = connectionLost();
    for (let attempt = 0; attempt < maxAttempts && leftMs() > 0; attempt += 1) {
      try {
        await requester.ready(leftMs());
        // The machine may have slept meanwhile.
        if (leftMs() > 0)
          return await requester.request(
            action,
            fields(),
            Math.min(requestTimeoutMs, leftMs()),
            maxAttempts === 1,
          );
      } catch (error) {
        last = error as SwitchboardError;
        if (!last.retryable || requester.isClosed) throw error;
      }
      // After a lost connection, waiting for the next one is enough.
      if (last.code === 'connection_lost') continue;
      const pauseMs = (last.retryAfterMs ?? 0) + backoff(attempt, random);
      if (pauseMs >= leftMs()) break;
      log(`${action}: ${last.code}, again in ${pauseMs} ms`);
      await requester.wait(pauseMs);
    }
    throw last;
  });
};
