import { createSecureContext } from 'node:tls';
import type { Client } from 'undici';

const CONNECT_MS = 2_000;

/**
 * A frozen process learns late, or never, which of its sockets were closed meanwhile, and undici's own timers freeze with
 * it. So a socket that rested for longer than this is not used again.
 */
const IDLE_MS = 30_000;

/**
 * Clients of one socket each; the most recently used is taken first. undici's `Pool` gives the next post to another socket
 * while the one that has just answered goes idle and comes back, which costs a fifth more.
 */
export class Sockets {
  #make: (() => Client) | undefined;
  #opening: Promise<void> | undefined;
  #idle: Client[] = [];
  readonly #all = new Set<Client>();
  #usedAt = 0;

  constructor(
    private readonly origin: string,
    /** Certificates to trust in place of Node's. */
    private readonly ca?: string,
  ) {}

  /** Whether `take` may be called. */
  ready(now: number): boolean {
    const ready = this.#make !== undefined && now - this.#usedAt <= IDLE_MS;
    if (ready) this.#usedAt = now;
    return ready;
  }

  /** Loads undici with the first push, so an instance without pushes does not load it. Simultaneous posts open it once. */
  open(now: number): Promise<void> {
    this.#opening ??= this.#open(now).finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  async #open(now: number): Promise<void> {
    const [{ default: Client }, { default: buildConnector }] = await Promise.all([
      import('undici/lib/dispatcher/client.js'),
      import('undici/lib/core/connect.js'),
    ]);
    for (const client of this.#idle.splice(0)) this.#drop(client);
    this.#usedAt = now;
    // Shared, so that only the first socket has a full TLS handshake, and the certificates are read once.
    const secureContext = createSecureContext(this.ca === undefined ? {} : { ca: this.ca });
    const connect = buildConnector({ timeout: CONNECT_MS, secureContext });
    this.#make = () =>
      new Client(this.origin, {
        connect,
        keepAliveTimeout: IDLE_MS,
        // Every post has a timer of its own.
        headersTimeout: 0,
        bodyTimeout: 0,
      });
  }

  take(): Client {
    const known = this.#idle.pop();
    if (known) return known;
    const made = (this.#make as () => Client)();
    this.#all.add(made);
    return made;
  }

  /**
   * Called within the answer: a post that is dispatched before the answer has been handled goes out right behind it. Before
   * any later one, undici looks whether the server has closed the idle socket, which costs a sixth of a post.
   */
  giveBack(client: Client): void {
    this.#idle.push(client);
  }

  async destroy(): Promise<void> {
    await Promise.all([...this.#all].map((client) => client.destroy()));
  }

  #drop(client: Client): void {
    this.#all.delete(client);
    void client.destroy();
  }
}
