import type { Room } from '../../../protocol/names.js';
import type { PublicationLog } from '../ports/publication-log.js';

/** Removes all publications of a room or an inbox. Clients keep the messages that they have received. */
export class EraseLog {
  constructor(private readonly log: PublicationLog) {}

  async execute(room: Room): Promise<{ publications: number }> {
    return { publications: await this.log.erase(room) };
  }
}
