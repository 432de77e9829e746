import { toPieces } from '../../domain/publications/piece.js';
import type { Publication } from '../../domain/publications/publication.js';
import type { Handover } from '../ports/handover.js';
import type { PieceQueue } from '../ports/piece-queue.js';
import type { Random } from '../ports/random.js';
import type { RoomRepository } from '../ports/room-repository.js';

/**
 * For stores without a stream: the publishing invocation cuts the room itself, after the append. If it dies in between,
 * clients find the publication by its offset.
 */
export class PieceHandover implements Handover {
  readonly byAppend = false;

  constructor(
    private readonly rooms: RoomRepository,
    private readonly queue: PieceQueue,
    private readonly random: Random,
    private readonly pieceMembers: number,
  ) {}

  async handOver(publication: Publication): Promise<void> {
    const { room } = publication;
    const sections = await this.rooms.sections(room, this.pieceMembers);
    await this.queue.add(toPieces(room, sections, [{ ...publication, mark: this.random.id(20) }]));
  }
}
