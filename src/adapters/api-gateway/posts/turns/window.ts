const FIRST = 32;
const SMALLEST = 8;

/** How much slower answers may get. Beyond this, more posts at once do not help: they would wait for this process. */
const SLOWER = 1.3;
const SLOWER_MS = 0.5;

/**
 * How many posts are under way at once: as many as the latency needs. It grows by a quarter while all places are in use and
 * answers come about as fast as they ever did. When answers get slower, the processor is busy, and more sockets would not
 * help. It halves when posts get no answer: reopening hundreds of sockets would keep both sides from answering.
 */
export class Window {
  #size: number;
  #answers = 0;
  #tookMs = 0;
  #shrunkAt = 0;
  #shortestMs = Number.POSITIVE_INFINITY;

  constructor(private readonly largest: number) {
    this.#size = Math.min(FIRST, largest);
  }

  get size(): number {
    return this.#size;
  }

  /** `wanted`: more would have been under way if there had been room. */
  answered(tookMs: number, wanted: boolean): void {
    this.#answers += 1;
    this.#tookMs += tookMs;
    if (this.#answers < this.#size) return;
    const meanMs = this.#tookMs / this.#answers;
    this.#shortestMs = Math.min(this.#shortestMs, meanMs);
    this.#answers = 0;
    this.#tookMs = 0;
    if (wanted && meanMs <= this.#shortestMs * SLOWER + SLOWER_MS)
      this.#size = Math.min(this.largest, Math.ceil(this.#size * 1.25));
  }

  /** A post got no answer. Of several posts under way at the same time, only one counts. */
  failed(begunAt: number, now: number): void {
    if (begunAt < this.#shrunkAt) return;
    this.#shrunkAt = now;
    this.#size = Math.max(Math.min(SMALLEST, this.largest), Math.floor(this.#size / 2));
    this.#answers = 0;
    this.#tookMs = 0;
  }
}
