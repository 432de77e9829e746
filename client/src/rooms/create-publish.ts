import type { Session } from '../connection/session.js';
import type { Published } from '../published.js';
import { snapshot } from '../requests/encode.js';
import { createQueue, type Queue } from '../requests/queue.js';
import type { Answer } from '../requests/requester.js';
import type { PublishOptions } from '../room.js';
import { randomKey } from './random-key.js';

/** What a message's frame says, wherever it goes. */
interface Said {
  readonly key: string;
  readonly data: unknown;
}

type Ask = (said: () => Said, inTurn: Queue) => Promise<Answer<'publish' | 'send' | 'broadcast'>>;

/**
 * What a server refuses for its rate is repeated, and who is refused too often loses the connection. Five without an
 * answer are enough for the 10 a second that are allowed, however slow the network.
 */
const AT_ONCE = 5;

/** What is common to all ways to say something: so many at a time, each with a key. */
export const createPublish = (session: Session) => {
  const inTurn = createQueue(AT_ONCE);
  return (ask: Ask, data: unknown, options?: PublishOptions | null): Promise<Published> =>
    session.admit(async (check) => {
      const said = { key: options?.key ?? randomKey(session.config.random), data: snapshot(data) };
      const { room, epoch, offset, repeated = false } = (await ask(() => check(said), inTurn)).reply;
      return { room, epoch, offset, repeated };
    }, options);
};
