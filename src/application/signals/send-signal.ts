import type { ActionFrame } from '../../../protocol/actions.js';
import { inboxOf, type Room } from '../../../protocol/names.js';
import type { Caller } from '../../domain/access/caller.js';
import type { Identity } from '../../domain/access/identity.js';
import { ClientError } from '../../domain/client-error.js';
import { CONNECTIONS_PER_USER } from '../../domain/connection.js';
import { encode } from '../../domain/json/encode.js';
import type { Serialised } from '../../domain/json/json-text.js';
import type { Membership } from '../../domain/membership.js';
import type { AccessControl } from '../access/access-control.js';
import { allOf } from '../all-of.js';
import type { Delivery, Pusher } from '../delivery/pusher.js';
import type { Clock } from '../ports/clock.js';
import type { RateLimiter } from '../ports/rate-limiter.js';
import type { RoomRepository } from '../ports/room-repository.js';

/** Later it is of no interest any more. */
const SIGNAL_MS = 1_000;

type Addressed = Pick<ActionFrame<'signal'>, 'room' | 'to'>;

/** Pushes to the present members what is not kept: no row, no offset, one try. */
export class SendSignal {
  constructor(
    private readonly access: AccessControl,
    private readonly rooms: RoomRepository,
    private readonly push: Pusher,
    private readonly limiter: RateLimiter,
    private readonly clock: Clock,
    /** Members that a room may have. */
    private readonly most: number,
  ) {}

  /** The one read tells both who gets it and whether the caller is among them. */
  async lookAhead(identity: Identity, { room, to = '' }: Addressed): Promise<readonly Membership[]> {
    const members = await this.#members(room ?? inboxOf(to), identity);
    const { connectionId, userId } = identity;
    const isMember = (member: Membership) => member.connectionId === connectionId && member.userId === userId;
    if (members) {
      if (room === undefined || members.some(isMember)) return members;
      throw new ClientError('not_a_member');
    }
    if (room !== undefined) await this.access.checkMembership(identity, room);
    throw new ClientError('room_too_large');
  }

  async execute(
    caller: Caller,
    message: Serialised<ActionFrame<'signal'>>,
    ahead = this.lookAhead(caller, message),
  ): Promise<Delivery> {
    const { to = '', data, tag, number } = message;
    const room = message.room ?? inboxOf(to);
    const action = message.room === undefined ? 'send' : 'signal';
    const [members] = await allOf([ahead, this.access.checkPermission(caller, action, room)]);

    const others = members.filter(({ connectionId }) => connectionId !== caller.connectionId);
    if (action === 'signal' && others.length === 0) return {};
    // How many devices a user has, or none, is not for a stranger to find out by the limit.
    const recipients = action === 'signal' ? others.length : CONNECTIONS_PER_USER;
    const { outcome, retryAfterMs } = await this.limiter.signal(room, recipients);
    if (outcome === 'limited') throw new ClientError('rate_limited', { retryAfterMs });

    const frame = encode({ type: 'signal', room, from: caller.userId, tag, number, data });
    const { complete: _, ...delivery } = await this.push.toAll(others, [frame], this.clock.now() + SIGNAL_MS);
    return delivery;
  }

  /** Undefined where there are more than a signal may reach. */
  async #members(room: Room, { time }: Identity): Promise<readonly Membership[] | undefined> {
    const members: Membership[] = [];
    const options = { pageSize: this.most + 1, signal: time?.signal };
    for await (const page of this.rooms.members(room, options)) {
      members.push(...page);
      if (members.length > this.most) return undefined;
    }
    return members;
  }
}
