/** What was put in within the last `ms`, by key. */
export class Recent<Value> {
  readonly #kept = new Map<string, { at: number; value: Value }>();

  constructor(private readonly ms: number) {}

  get size(): number {
    return this.#kept.size;
  }

  get(key: string, now: number): Value | undefined {
    const kept = this.#kept.get(key);
    return kept && this.#isRecent(kept.at, now) ? kept.value : undefined;
  }

  put(key: string, value: Value, now: number): void {
    this.#kept.delete(key);
    this.#kept.set(key, { at: now, value });
    // In the order in which they were put.
    for (const [oldest, { at }] of this.#kept) {
      if (this.#isRecent(at, now)) break;
      this.#kept.delete(oldest);
    }
  }

  /** A clock that was set back starts anew. */
  #isRecent(at: number, now: number): boolean {
    return Math.abs(now - at) < this.ms;
  }
}
