import type { Publication } from '../../domain/publications/publication.js';

/** Hands publications in the log over to functions that have more time than the one that appended them. */
export interface Handover {
  /** Whether `append` itself can hand over: the store has a stream, and one write does both. */
  readonly byAppend: boolean;
  /** Every member is served, even those that were served before. A publication that has vanished is not pushed. */
  handOver(publication: Publication): Promise<void>;
}
