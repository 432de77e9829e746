/** The messages that one member got, compared with the acked ones. */
export class ReceivedMessages {
  readonly #seen = new Set<number>();
  #last = 0;
  doubled = 0;
  /** Came after one with a higher offset. */
  disordered = 0;

  hear(offset: number): void {
    if (this.#seen.has(offset)) this.doubled += 1;
    else if (offset < this.#last) this.disordered += 1;
    this.#seen.add(offset);
    this.#last = Math.max(this.#last, offset);
  }

  missing(acked: readonly number[]): number {
    return acked.filter((offset) => !this.#seen.has(offset)).length;
  }
}
