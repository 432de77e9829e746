/** Of the small form: without a bug, the promises are kept with all of them. */
export const SEEDS: readonly number[] = Array.from({ length: 20 }, (_, index) => 14 + index);
