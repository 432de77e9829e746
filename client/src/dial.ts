import { withDeadline } from './clock.js';
import type { Config } from './config.js';
import type { Hello, Resumption } from './frames.js';
import { Link, type LinkEvents, lost } from './link.js';
import { SwitchboardError } from './switchboard-error.js';
import type { WebSocketLike } from './web-socket.js';

/** The most rooms that one hello can resume. */
const MAX_RESUMED = 52;

export interface Caller extends LinkEvents {
  readonly config: Config;
  readonly url: string;
  readonly userId: string | undefined;
  resumptions(): Resumption[];
}

/** An attempt to get a connection that has said hello. */
export class Dial {
  link: Link | undefined;
  asked: readonly Resumption[] = [];
  #cancelled = false;

  constructor(private readonly caller: Caller) {}

  async run(): Promise<{ link: Link; hello: Hello; asked: readonly Resumption[] }> {
    const { config } = this.caller;
    const patienceMs = config.requestTimeoutMs;
    const late = () => lost('No connection in time');
    const token = config.token && (await withDeadline(config.clock, this.#token(), patienceMs, late));
    if (this.#cancelled) throw lost();
    const link = new Link(this.#socket(token), config.clock, this.caller);
    this.link = link;
    try {
      await withDeadline(config.clock, link.opened, patienceMs, late);
      this.asked = this.caller.resumptions().slice(0, MAX_RESUMED);
      const fields = JSON.stringify({ protocol: 1, ...(this.asked.length && { resume: this.asked }) });
      const hello = await link.request('hello', fields, patienceMs);
      return { link, hello, asked: this.asked };
    } catch (error) {
      link.drop(lost());
      throw error;
    }
  }

  cancel(): void {
    this.#cancelled = true;
    this.link?.drop(lost('The attempt was called off'));
  }

  async #token(): Promise<string> {
    return (await this.caller.config.token?.()) ?? '';
  }

  #socket(token: string | undefined): WebSocketLike {
    const { config, url, userId } = this.caller;
    // A token says who one is; a guest has to say it himself, again each time, to stay the same.
    const query = token === undefined && userId !== undefined ? `userId=${encodeURIComponent(userId)}` : '';
    const target = query && url + (url.includes('?') ? '&' : '?') + query;
    try {
      // Browsers cannot set headers, so the token travels as a subprotocol.
      return token === undefined
        ? new config.WebSocket(target || url)
        : new config.WebSocket(url, ['switchboard.v1', `bearer.${token}`]);
    } catch {
      throw new SwitchboardError('refused', 'The address, or the token, is none that a WebSocket can carry');
    }
  }
}
