import type { Membership } from '../domain/membership.js';
import type { Room } from '../domain/room.js';
import type { ExpireSession } from './expire-session.js';
import type { ExpiryNotice } from './expiry-notice.js';
import type { Forget } from './forget.js';
import type { RoomRepository } from './ports/room-repository.js';
import type { Outcome, Push, PushResult } from './push.js';

/** Pushes frames to everybody in a room, page by page: its memory is one page of members, whatever the room's size. */
export class FanOut {
  constructor(
    private readonly rooms: RoomRepository,
    private readonly push: Push,
    private readonly forget: Forget,
    private readonly expiry: ExpireSession,
    private readonly notice: ExpiryNotice,
  ) {}

  /**
   * Until `deadline` (epoch milliseconds). Forgets those that are gone, and ends the sessions that have expired. When
   * there turn out to be more than `atMost`, it stops there and is not complete.
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
    const result = await this.push.toAll(members(), frames, deadline, (member, outcome) =>
      this.#after(member, outcome, frames, deadline),
    );
    return { ...result, complete: result.complete && !exceeded };
  }

  async #after(
    member: Membership,
    outcome: Outcome,
    frames: readonly string[],
    deadline: number,
  ): Promise<void> {
    if (outcome === 'gone') await this.forget.member(member);
    else if (outcome === 'delivered') await this.notice.giveIfDue(member.connectionId, member);
    else if (outcome === 'expired') {
      const renewed = await this.expiry.execute(member);
      if (renewed) await this.push.toAll([renewed], frames, deadline);
    }
  }
}
