import type { Action, Reply } from '../../../protocol/actions.js';
import type { Lanes } from '../rooms/lanes.js';
import type { SwitchboardError } from '../switchboard-error.js';
import { backoff } from './backoff.js';
import { type Link, lost } from './link.js';
import type { Session } from './session.js';

export interface Answer<A extends Action> {
  readonly reply: Reply<A>;
  readonly link: Link;
}

/**
 * A request that outlives its connection: the same words again, on whatever connection there is by then, until
 * there is an answer that stands, or until it has taken too long or too many attempts. Its time begins with the
 * call, even where it has to wait for its turn.
 */
export const perform = <A extends Action>(
  session: Session,
  action: A,
  fields: () => object,
  inTurn: Lanes = (operation) => operation(),
): Promise<Answer<A>> => {
  const { clock, random, giveUpAfterMs, maxAttempts, requestTimeoutMs } = session.config;
  const deadline = clock.now() + giveUpAfterMs;
  return inTurn(async () => {
    let last = lost();
    for (let attempt = 0; attempt < maxAttempts && clock.now() < deadline; attempt += 1) {
      try {
        await session.ready(deadline - clock.now());
        // It may have been a long sleep.
        if (clock.now() < deadline)
          return await session.request(action, fields(), Math.min(requestTimeoutMs, deadline - clock.now()));
      } catch (error) {
        last = error as SwitchboardError;
        if (!last.retryable || session.isClosed) throw error;
      }
      // After a lost connection the next one is wait enough.
      if (last.code === 'connection_lost') continue;
      const pauseMs = (last.retryAfterMs ?? 0) + backoff(attempt, random);
      if (clock.now() + pauseMs >= deadline) break;
      await session.wait(pauseMs);
    }
    throw last;
  });
};
