import type { Config } from './config.js';
import type { Link } from './link.js';

/** Connections that were replaced, and stay until they owe no answer, or have owed it for too long. */
export class RetiredLinks {
  readonly #config: Config;
  readonly #timers = new Map<Link, unknown>();

  constructor(config: Config) {
    this.#config = config;
  }

  get links(): Link[] {
    return [...this.#timers.keys()];
  }

  add(link: Link): void {
    const { clock, requestTimeoutMs } = this.#config;
    const timer = clock.setTimeout(() => link.drop(), requestTimeoutMs);
    this.#timers.set(link, timer);
  }

  remove(link: Link): void {
    this.#config.clock.clearTimeout(this.#timers.get(link));
    this.#timers.delete(link);
  }

  dismiss(): void {
    for (const link of this.links) if (link.isIdle) link.drop();
  }
}
