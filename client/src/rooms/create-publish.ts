import { USER_ID } from '../../../protocol/names.js';
import type { Session } from '../connection/session.js';
import type { Published } from '../published.js';
import { snapshot } from '../requests/encode.js';
import { createQueue, type Queue } from '../requests/queue.js';
import type { Answer } from '../requests/requester.js';
import type { PublishOptions } from '../room.js';
import { SwitchboardError } from '../switchboard-error.js';
import { randomKey } from './random-key.js';

type Saying = 'publish' | 'send' | 'broadcast';

/**
 * What a server refuses for its rate is repeated, and who is refused too often loses the connection. Five without an
 * answer are enough for the 10 a second that are allowed, however slow the network.
 */
const AT_ONCE = 5;

/** What is common to all ways to say something: so many at a time, each with a key. */
export const createPublish = (
  session: Session,
  ask: (action: Saying, fields: () => object, inTurn: Queue) => Promise<Answer<Saying>>,
) => {
  const inTurn = createQueue(AT_ONCE);
  return (
    action: Saying,
    where: { readonly to?: string },
    data: unknown,
    options?: PublishOptions | null,
  ): Promise<Published> =>
    session.admit(async () => {
      if (where.to !== undefined && !USER_ID.test(where.to))
        throw new SwitchboardError('invalid_user', 'No user id');
      const key = options?.key ?? randomKey(session.config.random);
      const fields = { ...where, key, data: snapshot(data) };
      const { room, epoch, offset, repeated = false } = (await ask(action, () => fields, inTurn)).reply;
      return { room, epoch, offset, repeated };
    });
};
