import type { Config } from './config.js';
import type { Cursor } from './frames.js';
import type { Link } from './link.js';
import type { SwitchboardError } from './switchboard-error.js';

/** The most rooms that one ping can ask about. */
const MAX_HEADS = 52;

interface Heads {
  memberOf(): string[];
  observed(heads: Readonly<Record<string, Cursor>>): void;
}

/** Pings the connection: it stays open, is known to be alive, and tells of pushes that never came. */
export class KeepAlive {
  #timer: unknown;
  readonly #config: Config;
  readonly #rooms: Heads;
  #asked: Link | undefined;

  constructor(config: Config, rooms: Heads) {
    this.#config = config;
    this.#rooms = rooms;
  }

  start(link: Link): void {
    this.stop();
    this.#timer = this.#config.clock.setTimeout(() => {
      this.start(link);
      void this.ping(link);
    }, this.#config.pingIntervalMs);
  }

  stop(): void {
    this.#config.clock.clearTimeout(this.#timer);
  }

  async ping(link: Link): Promise<void> {
    if (this.#asked === link) return;
    this.#asked = link;
    const rooms = this.#rooms.memberOf().slice(0, MAX_HEADS);
    try {
      const { heads } = await link.request('ping', { rooms }, this.#config.pingTimeoutMs);
      this.#rooms.observed(heads ?? {});
    } catch (error) {
      const { code, retryable } = error as SwitchboardError;
      const mine = this.#rooms.memberOf();
      // No answer: nobody is there. A room of ours denied: memberships are not what we think, and hello sorts
      // them out one by one.
      if (code === 'timeout' || (!retryable && rooms.every((room) => mine.includes(room)))) link.drop();
    }
    this.#asked = undefined;
  }
}
