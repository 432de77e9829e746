import type { Room } from '../../../protocol/names.js';
import type { RoomRepository } from '../ports/room-repository.js';
import type { Pusher, PushResult } from './pusher.js';

/** Pushes frames to everybody in a room, page by page: its memory is one page of members, whatever the room's size. */
export class FanOut {
  constructor(
    private readonly rooms: RoomRepository,
    private readonly push: Pusher,
  ) {}

  /**
   * Until `deadline` (epoch milliseconds). When there turn out to be more than `atMost`, it stops there and is not
   * complete.
   */
  async deliver(
    room: Room,
    frames: readonly string[],
    deadline: number,
    atMost = Number.POSITIVE_INFINITY,
  ): Promise<PushResult> {
    let read = 0;
    let exceeded = false;
    const rooms = this.rooms;
    async function* members() {
      for await (const page of rooms.members(room)) {
        read += page.length;
        exceeded = read > atMost;
        if (exceeded) return;
        yield* page;
      }
    }
    const result = await this.push.toAll(members(), frames, deadline);
    return { ...result, complete: result.complete && !exceeded };
  }
}
