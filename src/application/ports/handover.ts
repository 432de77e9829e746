import type { Publication } from '../../domain/publications/publication.js';

/** Gives publications that are in the log to functions that have more time than the one that appended them. */
export interface Handover {
  /** Whether `append` itself hands over what it is told to: the store has a stream, and one write does both. */
  readonly byAppend: boolean;
  /** Every member is served, once more if they were already. Of a publication that has vanished, nothing comes. */
  handOver(publication: Publication): Promise<void>;
}
