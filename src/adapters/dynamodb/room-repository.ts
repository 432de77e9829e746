import { ROOMS_PER_CONNECTION } from '../../../protocol/limits.js';
import { EVERYONE, type Room } from '../../../protocol/names.js';
import type { Clock } from '../../application/ports/clock.js';
import type {
  MembersSession,
  ReadingMembers,
  RoomRepository,
} from '../../application/ports/room-repository.js';
import type { Membership } from '../../domain/membership.js';
import { EVERY_MEMBER, type Section, sectionsBetween } from '../../domain/section.js';
import { connectionKey, membershipKey, stateKey } from './keys.js';
import { FormerPartition } from './members/former-partition.js';
import { MemberRows } from './members/member-rows.js';
import { FORMER_PARTITION, partition } from './members/partitions.js';
import { SectionBounds } from './members/section-bounds.js';
import { sessionOf } from './session.js';
import { expiry, isLive } from './table/expiry.js';
import type { Condition } from './table/expression.js';
import { StoreClock } from './table/store-clock.js';
import type { Key, Row, Table } from './table/table.js';

export class DynamoDBRoomRepository implements RoomRepository {
  readonly #time: StoreClock;
  readonly #former: FormerPartition;
  readonly #rows: MemberRows;
  readonly #bounds: SectionBounds;

  constructor(
    private readonly table: Table,
    clock: Clock,
  ) {
    this.#time = new StoreClock(table, clock);
    this.#former = new FormerPartition(clock);
    this.#rows = new MemberRows(table, this.#former);
    this.#bounds = new SectionBounds(table, this.#time);
  }

  async *members(room: Room, options: ReadingMembers = {}): AsyncIterable<readonly Membership[]> {
    for await (const rows of this.#rows.pages(room, MEMBERSHIP_ATTRIBUTES, options)) {
      const now = this.#time.now();
      yield rows.filter((row) => isLive(row, now)).map((row) => toMembership(room, row));
    }
  }

  async count(room: Room, atMost: number): Promise<number> {
    return this.#rows.count(room, atMost);
  }

  async sections(room: Room, most: number): Promise<readonly Section[]> {
    // Both at once: counting a part costs less than the wait would.
    const [kept, isLarge] = await Promise.all([this.#bounds.of(room), this.#rows.aPartTells(room, most)]);
    if (!kept && !isLarge && (await this.count(room, most + 1)) <= most) return [EVERY_MEMBER];
    const parts = this.#rows.parts(room);
    const bounds =
      kept ?? (await this.#bounds.keep(room, parts.length > 1 ? [] : await this.#walk(room, most)));
    return parts.flatMap((part) => (part === undefined ? sectionsBetween(bounds) : [{ part }]));
  }

  async find(room: Room, connectionId: string, signal?: AbortSignal): Promise<Membership | undefined> {
    const row = await this.table.get(membershipKey(room, connectionId), signal);
    return row && isLive(row, this.#time.now()) ? toMembership(room, row) : undefined;
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

    await this.removeMember(room, connectionId);
    const known = await this.table.get(connectionKey(connectionId));
    return { outcome: known ? 'room_limit' : 'session_unknown' };
  }

  async leave(room: Room, connectionId: string): Promise<Membership | undefined> {
    let removed: Membership | undefined;
    do {
      removed = (await this.removeMember(room, connectionId)) ?? removed;
      await this.table.update(connectionKey(connectionId), { discard: { rooms: room } }, { exists: 'pk' });
      // A join that came between the two would be a member that its connection does not list.
    } while (await this.table.get(membershipKey(room, connectionId)));
    return removed;
  }

  async removeMember(room: Room, connectionId: string): Promise<Membership | undefined> {
    for (const key of this.#keys(room, connectionId)) {
      const row = await this.table.delete(key);
      if (!row) continue;
      const removed = toMembership(room, row);
      // Without its membership it is shown to no client, and expires: the caller still has to tell who left.
      if (removed.stamp) await this.table.delete(stateKey(room, connectionId)).catch(() => {});
      return removed;
    }
    return undefined;
  }

  async renew(room: Room, connectionId: string, session: MembersSession): Promise<void> {
    const { tokenExpiresAt, withoutPresence = false } = session;
    const set = { withoutPresence, ...(tokenExpiresAt !== undefined && { tokenExpiresAt }) };
    for (const key of this.#keys(room, connectionId))
      if (await this.table.update(key, { set }, { exists: 'pk' })) return;
  }

  /** Reads keys only. */
  async #walk(room: Room, most: number): Promise<string[]> {
    const bounds: string[] = [];
    let read = 0;
    let last = '';
    for await (const rows of this.#rows.pages(room, [], { pageSize: WALK_PAGE_SIZE })) {
      for (const { sk } of rows) {
        if (read > 0 && read % most === 0) bounds.push(last);
        read += 1;
        last = sk;
      }
    }
    return bounds;
  }

  /** Where its row may be; most likely in the first place. */
  #keys(room: Room, connectionId: string): Key[] {
    const key = membershipKey(room, connectionId);
    const former = { ...key, pk: partition(room, FORMER_PARTITION) };
    return room === EVERYONE && this.#former.mayHaveMembers ? [key, former] : [key];
  }
}

const WALK_PAGE_SIZE = 1_000;

/** The attributes of a membership; a row has more, such as `ttl`. */
const MEMBERSHIP_ATTRIBUTES = [
  'userId',
  'connectedAt',
  'joinedAt',
  'expiresAt',
  'tokenExpiresAt',
  'withoutPresence',
  'stateCounter',
  'stateHash',
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

const toMembership = (room: Room, row: Row): Membership => ({
  room,
  connectionId: row.sk,
  userId: row.userId as string,
  connectedAt: row.connectedAt as number,
  joinedAt: row.joinedAt as number,
  expiresAt: row.expiresAt as number,
  tokenExpiresAt: row.tokenExpiresAt as number | undefined,
  ...(row.withoutPresence === true && { withoutPresence: true }),
  ...(row.stateCounter !== undefined && {
    stamp: { counter: row.stateCounter as number, hash: row.stateHash as number },
  }),
});
