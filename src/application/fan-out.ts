import type { Room } from '../domain/room.js';
import type { Forget } from './forget.js';
import type { RoomRepository } from './ports/room-repository.js';
import type { Push, Tally } from './push.js';

export interface FanOutResult {
  tally: Tally;
  /** Everybody had a turn, within the deadline and the limit. */
  complete: boolean;
}

/** Pushes frames to everybody in a room, page by page: its memory is one page of members, whatever the room's size. */
export class FanOut {
  constructor(
    private readonly rooms: RoomRepository,
    private readonly push: Push,
    private readonly forget: Forget,
  ) {}

  /** Serves at most `atMost` members until `deadline` (epoch milliseconds); forgets those that are gone. */
  async deliver(
    room: Room,
    frames: readonly string[],
    deadline: number,
    atMost = Number.POSITIVE_INFINITY,
  ): Promise<FanOutResult> {
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
    const { tally, complete } = await this.push.toAll(members(), frames, deadline, (membership) =>
      this.forget.member(membership),
    );
    return { tally, complete: complete && !exceeded };
  }
}
