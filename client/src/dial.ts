import type { Config } from './config.js';
import type { Hello, Resumption } from './frames.js';
import { Link, type LinkEvents, lost } from './link.js';
import { SwitchboardError } from './switchboard-error.js';
import type { WebSocketLike } from './web-socket.js';
import { withDeadline } from './with-deadline.js';

/** The most rooms that one hello can resume. */
const MAX_RESUMED = 52;

export interface Caller extends LinkEvents {
  readonly config: Config;
  readonly url: string;
  readonly userId: string | undefined;
  resumptions(): Resumption[];
}

/** A connection that has said hello, and what was answered to which resumptions. */
export interface Greeting {
  readonly link: Link;
  readonly hello: Hello;
  readonly asked: readonly Resumption[];
}

/** An attempt to get a connection that has said hello. */
export class Dial {
  link: Link | undefined;
  #isCancelled = false;
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  async run(): Promise<Greeting> {
    const { clock, token, requestTimeoutMs } = this.#caller.config;
    const inTime = <T>(promise: Promise<T>) => withDeadline(clock, promise, requestTimeoutMs, lost);
    const socket = this.#socket(token && (await inTime(Promise.resolve().then(token))));
    const link = new Link(socket, clock, this.#caller);
    this.link = link;
    try {
      if (this.#isCancelled) throw lost();
      await inTime(link.opened);
      const asked = this.#caller.resumptions().slice(0, MAX_RESUMED);
      const hello = await link.request('hello', { protocol: 1, resume: asked }, requestTimeoutMs);
      return { link, hello, asked };
    } catch (error) {
      link.drop();
      throw error;
    }
  }

  cancel(): void {
    this.#isCancelled = true;
    this.link?.drop();
  }

  #socket(token: string | undefined): WebSocketLike {
    const { config, url, userId } = this.#caller;
    const { WebSocket } = config;
    try {
      // Browsers cannot set headers, so the token travels as a subprotocol.
      if (token !== undefined) return new WebSocket(url, ['switchboard.v1', `bearer.${token}`]);
      if (userId === undefined) return new WebSocket(url);
      // Nothing but the address tells who a guest is: he has to say it each time, to stay the same.
      return new WebSocket(`${url}${url.includes('?') ? '&' : '?'}userId=${encodeURIComponent(userId)}`);
    } catch {
      throw new SwitchboardError('refused', 'No WebSocket can have this address or token');
    }
  }
}
