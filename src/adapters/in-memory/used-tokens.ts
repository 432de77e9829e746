import type { Clock } from '../../application/ports/clock.js';
import type { UsedTokens } from '../../application/ports/used-tokens.js';

const SWEEP_INTERVAL_MS = 60_000;

/** For one process: a second process would not see its tokens. */
export class InMemoryUsedTokens implements UsedTokens {
  readonly #expiries = new Map<string, number>();
  #sweptAt = 0;

  constructor(private readonly clock: Clock) {}

  async use(tokenId: string, expiresAt: number): Promise<boolean> {
    this.#sweep();
    if (this.#expiries.has(tokenId)) return false;
    this.#expiries.set(tokenId, expiresAt);
    return true;
  }

  #sweep(): void {
    const now = this.clock.now();
    if (now - this.#sweptAt < SWEEP_INTERVAL_MS) return;
    this.#sweptAt = now;
    for (const [tokenId, expiresAt] of this.#expiries) {
      if (expiresAt <= now) this.#expiries.delete(tokenId);
    }
  }
}
