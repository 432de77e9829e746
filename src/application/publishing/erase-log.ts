import type { Room } from '../../../protocol/names.js';
import type { PublicationLog } from '../ports/publication-log.js';

/** Removes whatever was published in a room, or in an inbox. What clients have received, they keep. */
export class EraseLog {
  constructor(private readonly log: PublicationLog) {}

  async execute(room: Room): Promise<{ publications: number }> {
    return { publications: await this.log.erase(room) };
  }
}
