import type { IncomingMessage } from 'node:http';
import { isOwnName } from './host-addresses.js';
import { hostName, isLoopbackAddress, originHost } from './host-name.js';
import type { HttpRefusal } from './http-refusal.js';

/**
 * Decides which web pages may talk to a gateway on a developer's machine. A browser there also shows pages of strangers, and
 * these can reach loopback: under their own origin, or under a name that they rebind to 127.0.0.1.
 */
export class PageGuard {
  readonly #hosts: Set<string | undefined>;

  /**
   * `origins` are admitted besides the gateway's own names; ports do not matter. A refusal names `setting`.
   *
   * @throws Error for an entry that is not an origin
   */
  constructor(
    private readonly host: string,
    private readonly origins: readonly string[],
    private readonly setting: string,
  ) {
    const wrong = origins.find((origin) => originHost(origin) === undefined);
    if (wrong !== undefined) throw new Error(`${setting} has ${wrong}, which is not an origin`);
    this.#hosts = new Set(origins.map(originHost));
  }

  /** Refuses foreign host names and foreign pages. A request without `Origin` is not from a foreign page. */
  refusal({ headers: { host = '', origin } }: IncomingMessage): HttpRefusal | undefined {
    const name = hostName(host);
    if (!this.#admits(name)) return this.#refused('it asks for', `http://${host}`, name);
    if (origin === undefined) return undefined;
    const page = originHost(origin);
    return this.#admits(page) ? undefined : this.#refused('it comes from a page of', origin, page);
  }

  /** Refuses every page and every other machine: for addresses that only programs on this machine call. */
  refusalOfPages(request: IncomingMessage): HttpRefusal | undefined {
    if (request.headers.origin !== undefined)
      return { refused: 403, because: 'pages may not call this, and no setting admits them' };
    if (!isLoopbackAddress(request.socket.remoteAddress ?? ''))
      return { refused: 403, because: 'only this machine may call this; use a loopback address' };
    return this.refusal(request);
  }

  #admits(name: string | undefined): boolean {
    return name !== undefined && (isOwnName(name, this.host) || this.#hosts.has(name));
  }

  #refused(what: string, origin: string, name: string | undefined): HttpRefusal {
    if (name === undefined)
      return { refused: 403, because: `${what} no address on the web; ${this.setting} cannot admit it` };
    const list = [...this.origins, new URL(origin).origin].join(',');
    return { refused: 403, because: `${what} ${name}; to admit it set ${this.setting}=${list}` };
  }
}
