/** The largest memory at the end, as a multiple of the memory after a fifth of the time. */
const MOST_GROWTH = 1.3;

/** The number of samples in one measurement. */
const NEAR = 9;

/** Resident memory over the time of a soak. */
export class Memory {
  readonly #samples: { done: number; mebibytes: number }[] = [];

  /** `done`: how much of the soak is over, from 0 to 1. */
  add(done: number, mebibytes: number): void {
    this.#samples.push({ done, mebibytes });
  }

  /** Prints the growth, and resolves to whether it is bounded. */
  judge(): boolean {
    const early = this.#around(0.2);
    const late = this.#around(1);
    const growth = late / early;
    console.log(
      `memory: ${early.toFixed(0)} MiB after a fifth of the time, ${late.toFixed(0)} MiB at the end: ${growth.toFixed(2)} × (at most ${MOST_GROWTH} ×)`,
    );
    return growth <= MOST_GROWTH;
  }

  /** The median of the last samples before `moment`, because garbage collection makes single samples vary. */
  #around(moment: number): number {
    const near = this.#samples.filter(({ done }) => done <= moment).slice(-NEAR);
    const sorted = near.map(({ mebibytes }) => mebibytes).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  }
}
