import type { Config } from './config.js';
import type { Cursor } from './frames.js';
import { type Link, lost } from './link.js';
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
  readonly #asked = new WeakSet<Link>();

  constructor(
    private readonly config: Config,
    private readonly rooms: Heads,
  ) {}

  start(link: Link): void {
    this.stop();
    const { clock, pingIntervalMs } = this.config;
    this.#timer = clock.setTimeout(() => {
      this.start(link);
      void this.ping(link);
    }, pingIntervalMs);
  }

  stop(): void {
    this.config.clock.clearTimeout(this.#timer);
  }

  async ping(link: Link): Promise<void> {
    if (this.#asked.has(link)) return;
    this.#asked.add(link);
    const rooms = this.rooms.memberOf();
    const fields = JSON.stringify({ rooms: rooms.slice(0, MAX_HEADS) });
    try {
      const { heads } = await link.request('ping', fields, this.config.pingTimeoutMs);
      this.rooms.observed(heads ?? {});
    } catch (error) {
      const { code, retryable } = error as SwitchboardError;
      const sameRooms = String(rooms) === String(this.rooms.memberOf());
      // No answer: nobody is there. A room of ours denied: memberships are not what we think, and hello sorts
      // them out one by one.
      if (code === 'timeout' || (!retryable && sameRooms)) link.drop(lost('The ping failed'));
    } finally {
      this.#asked.delete(link);
    }
  }
}
