import { ROOMS_PER_CONNECTION } from '../../../protocol/limits.js';
import type { Room } from '../../../protocol/names.js';
import type { Clock } from '../../application/ports/clock.js';
import type { ReadingMembers, RoomRepository } from '../../application/ports/room-repository.js';
import type { Membership } from '../../domain/membership.js';
import type { Condition } from './expression.js';
import { connectionKey, membershipKey, membersOf } from './keys.js';
import { expiry, isLive } from './row.js';
import { type Item, pages, type Table } from './table.js';

export class DynamoDBRoomRepository implements RoomRepository {
  constructor(
    private readonly table: Table,
    private readonly clock: Clock,
  ) {}

  async *members(room: Room, options: ReadingMembers = {}): AsyncIterable<readonly Membership[]> {
    const { pageSize, backwards = false } = options;
    const query = {
      pk: membersOf(room),
      attributes: MEMBERSHIP_ATTRIBUTES,
      descending: backwards,
      ...(pageSize !== undefined && { limit: pageSize }),
    };
    for await (const items of pages(this.table, query)) {
      const now = this.clock.now();
      yield items.filter((item) => isLive(item, now)).map(toMembership);
    }
  }

  async count(room: Room, atMost: number): Promise<number> {
    return this.table.count(membersOf(room), atMost);
  }

  async find(room: Room, connectionId: string): Promise<Membership | undefined> {
    const item = await this.table.get(membershipKey(room, connectionId));
    return item && isLive(item, this.clock.now()) ? toMembership(item) : undefined;
  }

  async join(membership: Membership): ReturnType<RoomRepository['join']> {
    const { room, connectionId, joinedAt } = membership;
    const row = await this.table.update(membershipKey(room, connectionId), {
      set: {
        ...withoutKey(toMembershipItem(membership)),
        withoutPresence: membership.withoutPresence ?? false,
      },
      setOnce: { joinedAt },
    });
    const listed = await this.table.update(
      connectionKey(connectionId),
      { add: { rooms: room } },
      mayList(room),
    );
    if (listed) return row?.joinedAt === joinedAt ? 'joined' : 'rejoined';

    await this.table.delete(membershipKey(room, connectionId));
    return (await this.table.get(connectionKey(connectionId))) ? 'room_limit' : 'session_unknown';
  }

  async leave(room: Room, connectionId: string): Promise<Membership | undefined> {
    const removed = await this.removeMember(room, connectionId);
    await this.table.update(connectionKey(connectionId), { discard: { rooms: room } }, { exists: 'pk' });
    return removed;
  }

  async removeMember(room: Room, connectionId: string): Promise<Membership | undefined> {
    const item = await this.table.delete(membershipKey(room, connectionId));
    return item && toMembership(item);
  }

  async renew(room: Room, connectionId: string, tokenExpiresAt: number | undefined): Promise<void> {
    if (tokenExpiresAt === undefined) return;
    await this.table.update(membershipKey(room, connectionId), { set: { tokenExpiresAt } }, { exists: 'pk' });
  }
}

/** What a membership is made of; a row has more, such as `ttl`. */
const MEMBERSHIP_ATTRIBUTES = [
  'userId',
  'connectedAt',
  'joinedAt',
  'expiresAt',
  'tokenExpiresAt',
  'withoutPresence',
] as const;

const mayList = (room: Room): Condition => ({
  all: [
    { exists: 'pk' },
    {
      any: [
        { absent: 'rooms' },
        { sizeBelow: ['rooms', ROOMS_PER_CONNECTION] },
        { contains: ['rooms', room] },
      ],
    },
  ],
});

export const toMembershipItem = (membership: Membership): Item => {
  const { room, connectionId, userId, connectedAt, joinedAt, expiresAt, tokenExpiresAt } = membership;
  return {
    ...membershipKey(room, connectionId),
    userId,
    connectedAt,
    joinedAt,
    ...expiry(expiresAt),
    ...(tokenExpiresAt !== undefined && { tokenExpiresAt }),
  };
};

const withoutKey = ({
  pk: _pk,
  sk: _sk,
  joinedAt: _joinedAt,
  ...attributes
}: Item): Record<string, unknown> => attributes;

const toMembership = ({ pk, sk, ...item }: Item): Membership => ({
  room: pk.slice('ROOM#'.length),
  connectionId: sk,
  userId: item.userId as string,
  connectedAt: item.connectedAt as number,
  joinedAt: item.joinedAt as number,
  expiresAt: item.expiresAt as number,
  tokenExpiresAt: item.tokenExpiresAt as number | undefined,
  ...(item.withoutPresence === true && { withoutPresence: true }),
});
