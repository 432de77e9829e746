import type { Room } from '../../../protocol/names.js';
import { EVERY_MEMBER, type Section } from '../../domain/section.js';
import type { Random } from '../ports/random.js';
import type { RoomRepository } from '../ports/room-repository.js';
import type { Pusher, PushResult, Tally } from './pusher.js';
import { ReadAhead } from './read-ahead.js';

/** Small enough that the first page arrives soon, and two pages take little memory. */
const PAGE_SIZE = 700;

const NO_PUSHES: Tally = { delivered: 0, gone: 0, failed: 0, expired: 0 };

/** Absent: all of them, however many. */
interface Whom {
  atMost?: number;
  section?: Section;
}

/** Pushes frames to all members of a room, page by page: it holds two pages of members, whatever the room's size. */
export class FanOut {
  constructor(
    private readonly rooms: RoomRepository,
    private readonly push: Pusher,
    private readonly random: Random,
  ) {}

  /**
   * Until `deadline` (epoch milliseconds). If there are more members than `atMost`, it stops there and is not
   * complete. It begins at a random place, so that the same members are not always served last. While it waits for
   * `frames`, it reads the first page.
   */
  async deliver(
    room: Room,
    frames: readonly string[] | Promise<readonly string[]>,
    deadline: number,
    { atMost = Number.POSITIVE_INFINITY, section = EVERY_MEMBER }: Whom = {},
  ): Promise<PushResult> {
    let read = 0;
    let exceeded = false;
    const { rooms, random } = this;
    const backwards = random.number() < 0.5;
    const options = { pageSize: PAGE_SIZE, backwards, inAnyOrder: true, section };
    async function* pages() {
      for await (const page of rooms.members(room, options)) {
        read += page.length;
        exceeded = read > atMost;
        if (exceeded) return;
        const first = Math.floor(random.number() * page.length);
        yield [...page.slice(first), ...page.slice(0, first)];
      }
    }
    const members = new ReadAhead(pages());
    try {
      const known = await frames;
      if (known.length === 0) return { tally: { ...NO_PUSHES }, complete: true };
      const result = await this.push.toAll(members, known, deadline);
      return { ...result, complete: result.complete && !exceeded };
    } finally {
      await members.return();
    }
  }
}
