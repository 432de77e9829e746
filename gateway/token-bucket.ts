/** Admits `perSecond` calls a second, and `burst` at once after a pause. Without a rate it admits everything. */
export class TokenBucket {
  #tokens: number;
  #filledAt = performance.now();

  constructor(
    private readonly perSecond: number | undefined,
    private readonly burst: number = perSecond ?? 0,
  ) {
    this.#tokens = burst;
  }

  take(): boolean {
    if (this.perSecond === undefined) return true;
    const now = performance.now();
    this.#tokens = Math.min(this.burst, this.#tokens + ((now - this.#filledAt) / 1000) * this.perSecond);
    this.#filledAt = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
