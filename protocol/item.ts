import type { Sender } from './names.js';

/** A publication as frames show it, below a room and an epoch that are said once. */
export interface Item {
  readonly offset: number;
  readonly id: string;
  readonly from: Sender;
  /** For people: order is by offset alone. */
  readonly at: number;
  readonly data: unknown;
}
