import type { Item } from '../../../protocol/item.js';
import type { Room } from '../../../protocol/names.js';
import { ClientError } from '../../domain/client-error.js';
import { encode } from '../../domain/json/encode.js';
import type { Publication } from '../../domain/publications/publication.js';
import { bytesOf, toItem } from '../../domain/publications/publication-item.js';
import { spaceBeside } from '../../domain/publications/space-beside.js';
import type { Clock } from '../ports/clock.js';
import type { FanOut } from './fan-out.js';
import type { PushResult } from './pusher.js';

/** What became of one room; `error`: not every member had a turn. */
export type RoomReport = { room: Room; publications: readonly Publication[]; durationMs: number } & (
  | PushResult
  | { error: unknown }
);

/** Serves a batch, room after room: each connection gets a room's part as one frame, or as few as it fits into. */
export class DeliverPublications {
  constructor(
    private readonly fanOut: FanOut,
    private readonly clock: Clock,
  ) {}

  /**
   * Resolves once all members of all rooms had a turn, or at `deadline` (epoch milliseconds). One room that fails is
   * nothing to the others; one that had no turn, because others took all the time, failed with `timeout`.
   */
  async execute(publications: readonly Publication[], deadline: number): Promise<RoomReport[]> {
    const reports: RoomReport[] = [];
    for (const [room, ofRoom] of byRoom(publications)) {
      const startedAt = this.clock.now();
      const outcome = await this.#serve(room, ofRoom, deadline).catch((error: unknown) => ({ error }));
      reports.push({ room, publications: ofRoom, durationMs: this.clock.now() - startedAt, ...outcome });
    }
    return reports;
  }

  async #serve(room: Room, publications: readonly Publication[], deadline: number): Promise<PushResult> {
    if (this.clock.now() >= deadline) throw new ClientError('timeout');
    return this.fanOut.deliver(room, toFrames(room, publications), deadline);
  }
}

const byRoom = (publications: readonly Publication[]): Map<Room, Publication[]> => {
  const rooms = new Map<Room, Publication[]>();
  for (const publication of publications) {
    const ofRoom = rooms.get(publication.room);
    if (ofRoom) ofRoom.push(publication);
    else rooms.set(publication.room, [publication]);
  }
  return rooms;
};

const toFrames = (room: Room, publications: readonly Publication[]): string[] => {
  const frames: { epoch: string; items: Item[] }[] = [];
  let left = 0;
  for (const publication of inOrder(publications)) {
    const { epoch } = publication;
    const item = toItem(publication);
    const frame = frames.at(-1);
    left -= bytesOf(item);
    if (frame?.epoch === epoch && left >= 0) frame.items.push(item);
    else {
      frames.push({ epoch, items: [item] });
      left = spaceBeside({ type: 'messages', room, epoch, items: [] }) - bytesOf(item);
    }
  }
  return frames.map(({ epoch, items }) => encode({ type: 'messages', room, epoch, items }));
};

/** Each once: the stream gives a publication again when it is handed over again. */
const inOrder = (publications: readonly Publication[]): Publication[] => {
  const sorted = publications.toSorted(byPlace);
  return sorted.filter((publication, index) => {
    const before = sorted[index - 1];
    return !before || byPlace(before, publication) !== 0;
  });
};

const byPlace = (a: Publication, b: Publication): number => {
  if (a.epoch !== b.epoch) return a.epoch < b.epoch ? -1 : 1;
  return a.offset - b.offset;
};
