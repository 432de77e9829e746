import { ROOMS_PER_CONNECTION } from '../../../protocol/limits.js';
import type { Room } from '../../../protocol/names.js';
import type { Clock } from '../../application/ports/clock.js';
import type {
  MembersSession,
  ReadingMembers,
  RoomRepository,
} from '../../application/ports/room-repository.js';
import type { Membership } from '../../domain/membership.js';
import { connectionKey, membershipKey, membersOf } from './keys.js';
import { sessionOf } from './session.js';
import { expiry, isLive } from './table/expiry.js';
import type { Condition } from './table/expression.js';
import { StoreClock } from './table/store-clock.js';
import { pages, type Query, type Row, type Table } from './table/table.js';

export class DynamoDBRoomRepository implements RoomRepository {
  readonly #time: StoreClock;

  constructor(
    private readonly table: Table,
    clock: Clock,
  ) {
    this.#time = new StoreClock(table, clock);
  }

  async *members(room: Room, options: ReadingMembers = {}): AsyncIterable<readonly Membership[]> {
    const { pageSize, backwards = false, from, signal } = options;
    const query: Query = {
      pk: membersOf(room),
      attributes: MEMBERSHIP_ATTRIBUTES,
      descending: backwards,
      signal,
      ...(pageSize !== undefined && { limit: pageSize }),
      ...(from !== undefined && { between: [from, LAST] }),
    };
    for await (const rows of pages(this.table, query)) {
      const now = this.#time.now();
      yield rows.filter((row) => isLive(row, now)).map(toMembership);
    }
  }

  async count(room: Room, atMost: number): Promise<number> {
    return this.table.count(membersOf(room), atMost);
  }

  async find(room: Room, connectionId: string, signal?: AbortSignal): Promise<Membership | undefined> {
    const row = await this.table.get(membershipKey(room, connectionId), signal);
    return row && isLive(row, this.#time.now()) ? toMembership(row) : undefined;
  }

  async join(membership: Membership, entered?: () => void): ReturnType<RoomRepository['join']> {
    const { room, connectionId, joinedAt } = membership;
    const row = await this.table.update(membershipKey(room, connectionId), {
      set: {
        ...withoutKey(toMembershipRow(membership)),
        withoutPresence: membership.withoutPresence ?? false,
      },
      setOnce: { joinedAt },
    });
    entered?.();
    const listed = await this.table.update(
      connectionKey(connectionId),
      { add: { rooms: room } },
      mayList(room),
    );
    if (listed) {
      const outcome = row?.joinedAt === joinedAt ? 'joined' : 'rejoined';
      return { outcome, session: sessionOf(listed) };
    }

    await this.table.delete(membershipKey(room, connectionId));
    const known = await this.table.get(connectionKey(connectionId));
    return { outcome: known ? 'room_limit' : 'session_unknown' };
  }

  async leave(room: Room, connectionId: string): Promise<Membership | undefined> {
    const removed = await this.removeMember(room, connectionId);
    await this.table.update(connectionKey(connectionId), { discard: { rooms: room } }, { exists: 'pk' });
    return removed;
  }

  async removeMember(room: Room, connectionId: string): Promise<Membership | undefined> {
    const row = await this.table.delete(membershipKey(room, connectionId));
    return row && toMembership(row);
  }

  async renew(room: Room, connectionId: string, session: MembersSession): Promise<void> {
    const { tokenExpiresAt, withoutPresence = false } = session;
    const set = { withoutPresence, ...(tokenExpiresAt !== undefined && { tokenExpiresAt }) };
    await this.table.update(membershipKey(room, connectionId), { set }, { exists: 'pk' });
  }
}

/** After every connection id, which is ASCII. */
const LAST = '\u007f';

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

export const toMembershipRow = (membership: Membership): Row => {
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

const withoutKey = ({ pk: _pk, sk: _sk, joinedAt: _joinedAt, ...attributes }: Row): Record<string, unknown> =>
  attributes;

const toMembership = ({ pk, sk, ...row }: Row): Membership => ({
  room: pk.slice('ROOM#'.length),
  connectionId: sk,
  userId: row.userId as string,
  connectedAt: row.connectedAt as number,
  joinedAt: row.joinedAt as number,
  expiresAt: row.expiresAt as number,
  tokenExpiresAt: row.tokenExpiresAt as number | undefined,
  ...(row.withoutPresence === true && { withoutPresence: true }),
});
