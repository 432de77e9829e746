import type { Session } from '../connection/session.js';
import type { Published } from '../published.js';
import { snapshot } from '../requests/encode.js';
import { createQueue, type Queue } from '../requests/queue.js';
import type { Answer } from '../requests/requester.js';
import type { PublishOptions } from '../room.js';
import { randomKey } from './random-key.js';

/** The fields of every kind of message. */
interface MessageFields {
  readonly key: string;
  readonly data: unknown;
}

type Ask<Action extends 'publish' | 'send' | 'broadcast'> = (
  action: Action,
  fields: () => MessageFields & { readonly to: string },
  inTurn: Queue,
) => Promise<Answer<Action>>;

/**
 * Rate-limited messages are retried, and a client refused too often loses its connection. Five messages without an
 * answer are enough for the 10 a second that are allowed, however slow the network.
 */
const AT_ONCE = 5;

/** The common part of every kind of publish: a key for each message, and a limit of unanswered messages. */
export const createPublish = <Action extends 'publish' | 'send' | 'broadcast'>(
  session: Session,
  ask: Ask<Action>,
) => {
  const inTurn = createQueue(AT_ONCE);
  return (action: Action, data: unknown, options?: PublishOptions | null, to?: string): Promise<Published> =>
    session.admit(async (check) => {
      const key = options?.key ?? randomKey(session.config.random);
      const message = { to: to as string, key, data: snapshot(data) };
      return { repeated: false, ...(await ask(action, () => check(message), inTurn)).reply };
    }, options);
};
