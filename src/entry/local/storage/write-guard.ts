export interface Reopenable {
  open(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Writes to a LevelDB whose disk may be full. A failed write leaves a torn record in the journal, and all writes after it
 * would be lost when the journal is next read. So the database is opened again before the next write, with a new journal.
 * Writes that were under way meanwhile count as failed.
 */
export class WriteGuard {
  #torn = false;
  #generation = 0;
  #reopening: Promise<void> | undefined;

  constructor(private readonly database: Reopenable) {}

  async write<T>(operation: () => Promise<T>): Promise<T> {
    if (this.#torn) await this.#mended();
    const generation = this.#generation;
    let result: T;
    try {
      result = await operation();
    } catch (error) {
      if (generation === this.#generation) this.#torn = true;
      throw error;
    }
    if (this.#torn || generation !== this.#generation) throw new Error('Another write failed meanwhile');
    return result;
  }

  #mended(): Promise<void> {
    this.#reopening ??= this.#reopen().finally(() => {
      this.#reopening = undefined;
    });
    return this.#reopening;
  }

  async #reopen(): Promise<void> {
    await this.database.close();
    await this.database.open();
    this.#generation += 1;
    this.#torn = false;
  }
}
