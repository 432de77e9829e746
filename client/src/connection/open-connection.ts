import type { Reply } from '../../../protocol/actions.js';
import type { RoomCursor } from '../../../protocol/cursor.js';
import { BEARER_PREFIX, SUBPROTOCOL } from '../../../protocol/subprotocols.js';
import type { Config } from '../options/configure.js';
import type { WebSocketLike } from '../options/web-socket.js';
import { withDeadline } from '../requests/with-deadline.js';
import { SwitchboardError } from '../switchboard-error.js';
import { backoff } from '../time/backoff.js';
import { connectionLost } from './connection-lost.js';
import { createLink, type Link, type LinkEvents } from './link.js';

/** How often the client repeats hello on a connection, if the server could not answer it. */
const MAX_REPEATS = 3;

export interface ConnectionOwner extends LinkEvents {
  readonly config: Config;
  readonly url: string;
  readonly userId: string | undefined;
  wait(ms: number): Promise<void>;
}

/** A connection after hello, with the resumptions and their answers. */
export interface Greeting {
  readonly link: Link;
  readonly hello: Reply<'hello'>;
  readonly asked: readonly RoomCursor[];
}

const socketTo = ({ config, url, userId }: ConnectionOwner, token: string | undefined): WebSocketLike => {
  const { WebSocket } = config;
  try {
    // Browsers cannot set headers, so the token travels as a subprotocol.
    if (token !== undefined) return new WebSocket(url, [SUBPROTOCOL, BEARER_PREFIX + token]);
    if (userId === undefined) return new WebSocket(url);
    // Only the address names a guest, so every connection needs the same name in it.
    return new WebSocket(`${url}${url.includes('?') ? '&' : '?'}userId=${encodeURIComponent(userId)}`);
  } catch {
    throw new SwitchboardError('refused', 'Bad token');
  }
};

/** An attempt to connect. */
export interface Dial {
  link?: Link;
}

/** The positions in the rooms, asked once the connection is open. */
export interface Resuming {
  resumptions(): RoomCursor[];
}

/** Opens a connection and says hello; the attempt has its link earlier, so that it can be cancelled. */
export const openConnection = async (
  owner: ConnectionOwner,
  rooms: Resuming,
  attempt: Dial,
  isOver: () => boolean,
): Promise<Greeting> => {
  const { clock, random, token, requestTimeoutMs } = owner.config;
  const inTime = <T>(promise: Promise<T>, late: () => Error) =>
    withDeadline(clock, promise, requestTimeoutMs, late);
  const noToken = () => new Error('No token');
  const fresh = token && (await inTime(Promise.resolve().then(token), noToken));
  // Without one it would come in as a guest.
  if (token && typeof fresh !== 'string') throw noToken();
  if (isOver()) throw connectionLost();
  const link = createLink(socketTo(owner, fresh), clock, owner);
  attempt.link = link;
  try {
    await inTime(link.opened, () => connectionLost('No answer'));
    const asked = rooms.resumptions();
    for (let attempt = 0; ; attempt += 1)
      try {
        const hello = await link.request('hello', { protocol: 1, resume: asked }, requestTimeoutMs);
        return { link, hello, asked };
      } catch (error) {
        // Another connection would not help, and would cost more of a server that is already busy.
        if ((error as SwitchboardError).code !== 'unavailable' || attempt === MAX_REPEATS) throw error;
        await owner.wait(backoff(attempt, random));
      }
  } catch (error) {
    link.drop();
    throw error;
  }
};
