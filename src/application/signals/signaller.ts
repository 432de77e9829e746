import type { SignalPlace } from '../../../protocol/actions.js';
import type { Room, Sender } from '../../../protocol/names.js';
import { ClientError } from '../../domain/client-error.js';
import { CONNECTIONS_PER_USER } from '../../domain/connection.js';
import type { FrameTime } from '../../domain/frame-time.js';
import { encode } from '../../domain/json/encode.js';
import type { JsonText } from '../../domain/json/json-text.js';
import type { Membership } from '../../domain/membership.js';
import { isJoinable } from '../../domain/room.js';
import type { Delivery, Pusher } from '../delivery/pusher.js';
import type { Clock } from '../ports/clock.js';
import type { RateLimiter } from '../ports/rate-limiter.js';
import type { RoomRepository } from '../ports/room-repository.js';

/** After this time, a signal is worthless. */
const SIGNAL_MS = 1_000;

/** More than any user has: a refusal would tell a stranger how many there are, or that there are any. */
const DEVICES = 1_000;

export interface Signal extends SignalPlace {
  from: Sender;
  data: JsonText;
}

/** Pushes signals to the present members. A signal is not kept: it has no row, no offset and one try. */
export class Signaller {
  constructor(
    private readonly rooms: RoomRepository,
    private readonly push: Pusher,
    private readonly limiter: RateLimiter,
    private readonly clock: Clock,
    /** The most members that a room may have. */
    private readonly most: number,
  ) {}

  /** Undefined if there are more than a signal may reach. */
  async members(room: Room, time?: FrameTime): Promise<readonly Membership[] | undefined> {
    const members: Membership[] = [];
    const most = isJoinable(room) ? this.most : DEVICES;
    const pageSize = Math.min(most, Math.max(this.most, CONNECTIONS_PER_USER)) + 1;
    const options = { pageSize, signal: time?.signal };
    for await (const page of this.rooms.members(room, options)) {
      members.push(...page);
      if (members.length > most) return undefined;
    }
    return members;
  }

  /** Call it only for a caller with permission: it counts against the room's limit. If it rejects, nothing was pushed. */
  async signal(
    room: Room,
    { from, tag, number, data }: Signal,
    to: readonly Membership[],
  ): Promise<Delivery> {
    if (isJoinable(room) && to.length === 0) return {};
    // The limit must not tell a stranger how many devices a user has.
    const recipients = isJoinable(room) ? to.length : CONNECTIONS_PER_USER;
    const { outcome, retryAfterMs } = await this.limiter.signal(room, recipients);
    if (outcome === 'limited') throw new ClientError('rate_limited', { retryAfterMs });

    const frame = encode({ type: 'signal', room, from, tag, number, data });
    const { complete: _, ...delivery } = await this.push.toAll(to, [frame], this.clock.now() + SIGNAL_MS);
    return delivery;
  }
}
