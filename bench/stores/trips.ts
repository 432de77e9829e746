/** Counts the requests of a frame to its store. */
export class Trips {
  calls = 0;
  /** Groups of overlapping calls; a frame waits for one group after the other. */
  groups = 0;
  #underWay = 0;

  async during<T>(call: () => Promise<T>): Promise<T> {
    this.calls += 1;
    if (this.#underWay === 0) this.groups += 1;
    this.#underWay += 1;
    try {
      return await call();
    } finally {
      this.#underWay -= 1;
    }
  }
}
