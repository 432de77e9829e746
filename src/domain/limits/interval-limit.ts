/** Once in a given time for each key, as far as this process remembers. */
export class IntervalLimit {
  readonly #last = new Map<string, number>();

  constructor(
    private readonly ms: number,
    private readonly remembered: number = 10_000,
  ) {}

  /** Whether the time has passed; if so, it starts again. It also starts again when the clock was set back. */
  take(key: string, now: number): boolean {
    const last = this.#last.get(key);
    if (last !== undefined && Math.abs(now - last) < this.ms) return false;
    this.#last.delete(key);
    this.#last.set(key, now);
    const oldest = this.#last.keys().next();
    if (this.#last.size > this.remembered && !oldest.done) this.#last.delete(oldest.value);
    return true;
  }
}
