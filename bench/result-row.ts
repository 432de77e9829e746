import type { Spread } from './spread.js';

/** One line of the result. */
export interface ResultRow extends Spread {
  what: string;
  unit: '' | 'ms' | 'MiB' | 'KiB' | '%' | '/s' | '$';
  /** The largest value that is good enough; absent: for information. */
  target?: number;
}
