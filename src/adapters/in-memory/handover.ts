import type { Handover } from '../../application/ports/handover.js';
import type { Publication } from '../../domain/publications/publication.js';

/** Gives publications to a function of the same process. */
export class InMemoryHandover implements Handover {
  readonly byAppend = false;

  constructor(private readonly onHandover: (publication: Publication) => void) {}

  async handOver(publication: Publication): Promise<void> {
    this.onHandover({ ...publication });
  }
}
