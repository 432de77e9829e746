import type { Sender } from './names.js';

/** A publication in a frame, which names its room and epoch once for all items. */
export interface Item {
  readonly offset: number;
  readonly id: string;
  readonly from: Sender;
  /** For people: only the offset decides the order. */
  readonly at: number;
  readonly data: unknown;
}
