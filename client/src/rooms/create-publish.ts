import { snapshot } from '../connection/encode.js';
import { createQueue, type Queue } from '../connection/queue.js';
import type { Answer } from '../connection/requester.js';
import type { Published } from '../published.js';
import type { PublishOptions } from '../room.js';
import { randomKey } from './random-key.js';

type Saying = 'publish' | 'send' | 'broadcast';

/**
 * What a server refuses for its rate is repeated, and who is refused too often loses the connection. Five without an
 * answer are enough for the 10 a second that are allowed, however slow the network.
 */
const AT_ONCE = 5;

/** What is common to all ways to say something: so many at a time, each with a key. */
export const createPublish = (
  random: () => number,
  ask: (action: Saying, fields: () => object, inTurn: Queue) => Promise<Answer<Saying>>,
) => {
  const inTurn = createQueue(AT_ONCE);
  return async (
    action: Saying,
    where: { readonly to?: string },
    data: unknown,
    options?: PublishOptions | null,
  ): Promise<Published> => {
    const key = options?.key ?? randomKey(random);
    const fields = { ...where, key, data: snapshot(data) };
    const { room, epoch, offset, repeated = false } = (await ask(action, () => fields, inTurn)).reply;
    return { room, epoch, offset, repeated };
  };
};
