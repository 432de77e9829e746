const FIRST = 32;
const SMALLEST = 8;

/** How much slower answers may get, before more posts at once are no use: they would wait for this process. */
const SLOWER = 1.3;
const SLOWER_MS = 0.5;

/**
 * How many posts are under way at once: as many as the latency needs. It grows by a quarter as long as it is the limit and
 * answers come about as soon as they ever did; when they do not, the processor is busy, and more sockets would only cost. It
 * shrinks by half when posts get no answer: sockets that are opened again by the hundred would keep both sides from answering.
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

  /** A post got no answer. Of several posts that were under way together, only one counts. */
  failed(begunAt: number, now: number): void {
    if (begunAt < this.#shrunkAt) return;
    this.#shrunkAt = now;
    this.#size = Math.max(Math.min(SMALLEST, this.largest), Math.floor(this.#size / 2));
    this.#answers = 0;
    this.#tookMs = 0;
  }
}
