import type { Clock } from '../../application/ports/clock.js';
import type { UsedTokens } from '../../application/ports/used-tokens.js';

const SWEEP_INTERVAL_MS = 60_000;

/** For one process: a second process would not see its tokens. */
export class InMemoryUsedTokens implements UsedTokens {
  readonly #expiries = new Map<string, number>();
  #sweptAt = 0;
  #found = new Set<string>();

  constructor(private readonly clock: Clock) {}

  async use(tokenId: string, expiresAt: number): Promise<boolean> {
    const now = this.clock.now();
    this.#sweep(now);
    if ((this.#expiries.get(tokenId) ?? 0) >= now) return false;
    this.#expiries.set(tokenId, expiresAt);
    return true;
  }

  /**
   * Forgets tokens that two sweeps in a row found expired: so a clock that jumps ahead for a moment makes no token fresh
   * again.
   */
  #sweep(now: number): void {
    if (Math.abs(now - this.#sweptAt) < SWEEP_INTERVAL_MS) return;
    this.#sweptAt = now;
    const expired = [...this.#expiries].filter(([, expiresAt]) => expiresAt < now).map(([id]) => id);
    for (const id of expired) if (this.#found.has(id)) this.#expiries.delete(id);
    this.#found = new Set(expired);
  }
}
