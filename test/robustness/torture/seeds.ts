/** Seeds of the small form. Without a bug, none of them finds a violation. */
export const SEEDS: readonly number[] = Array.from({ length: 20 }, (_, index) => 14 + index);
