import type { Room } from '../../../protocol/names.js';
import { ClientError } from '../../domain/client-error.js';
import { type HandedOver, toPieces } from '../../domain/publications/piece.js';
import type { Clock } from '../ports/clock.js';
import type { PieceQueue } from '../ports/piece-queue.js';
import type { RoomRepository } from '../ports/room-repository.js';
import type { FanOut } from './fan-out.js';
import { messageFrames } from './message-frames.js';
import type { PushResult } from './pusher.js';

/** The outcome for one room: it was served, left to this many pieces, or both. With an `error`, try it again. */
export type RoomReport = { room: Room; publications: readonly HandedOver[]; durationMs: number } & (
  | (Partial<PushResult> & { pieces?: number })
  | { error: unknown }
);

/** Serves a batch, room after room: each connection gets a room's part as one frame, or as few as it fits into. */
export class DeliverPublications {
  constructor(
    private readonly fanOut: FanOut,
    private readonly rooms: RoomRepository,
    private readonly queue: PieceQueue,
    private readonly clock: Clock,
    /** Members of one piece; a room with no more is served at once. */
    private readonly pieceMembers: number,
  ) {}

  /**
   * Resolves once all members of all rooms were served, or are left to pieces. Pushing ends at `deadline` (epoch
   * milliseconds). A room that fails does not affect the others; a room without a turn, because others took all the time,
   * failed with `timeout`.
   */
  async execute(publications: readonly HandedOver[], deadline: number): Promise<RoomReport[]> {
    const reports: RoomReport[] = [];
    for (const [room, ofRoom] of byRoom(publications)) {
      const startedAt = this.clock.now();
      const outcome = await this.#serve(room, ofRoom, deadline).catch((error: unknown) => ({ error }));
      reports.push({ room, publications: ofRoom, durationMs: this.clock.now() - startedAt, ...outcome });
    }
    return reports;
  }

  async #serve(
    room: Room,
    publications: readonly HandedOver[],
    deadline: number,
  ): Promise<Partial<PushResult> & { pieces?: number }> {
    if (this.clock.now() >= deadline) throw new ClientError('timeout');
    const sections = await this.rooms.sections(room, this.pieceMembers);
    const pieces = toPieces(room, sections, publications);
    if (pieces.length === 1) {
      const result = await this.fanOut.deliver(room, messageFrames(room, publications), deadline);
      if (result.complete) return result;
      // For the members that were not served: a piece has time of its own.
      await this.queue.add(pieces);
      return { ...result, pieces: 1 };
    }
    await this.queue.add(pieces);
    return { pieces: pieces.length };
  }
}

const byRoom = (publications: readonly HandedOver[]): Map<Room, HandedOver[]> => {
  const rooms = new Map<Room, HandedOver[]>();
  for (const publication of publications) {
    const ofRoom = rooms.get(publication.room);
    if (ofRoom) ofRoom.push(publication);
    else rooms.set(publication.room, [publication]);
  }
  return rooms;
};
