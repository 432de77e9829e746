import { ROOMS_PER_CONNECTION } from '../../../protocol/limits.js';
import type { Room } from '../../../protocol/names.js';
import type { Clock } from '../../application/ports/clock.js';
import type {
  Joined,
  MembersSession,
  ReadingMembers,
  RoomRepository,
} from '../../application/ports/room-repository.js';
import type { Membership } from '../../domain/membership.js';
import { EVERY_MEMBER, type Section, sectionsBetween } from '../../domain/section.js';
import type { Database } from './database/database.js';
import { BELIEVED_NOW } from './database/store-time.js';
import { toMembership, toMembershipValues } from './membership-row.js';
import { SectionBounds } from './section-bounds.js';
import { sessionOf } from './session.js';

const PAGE_SIZE = 1_000;

export class MySqlRoomRepository implements RoomRepository {
  readonly #bounds: SectionBounds;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    this.#bounds = new SectionBounds(database, clock);
  }

  async *members(room: Room, options: ReadingMembers = {}): AsyncIterable<readonly Membership[]> {
    const { pageSize = PAGE_SIZE, backwards = false, section = EVERY_MEMBER, from = '', signal } = options;
    const [beyond, order] = backwards ? ['<', 'DESC'] : ['>', 'ASC'];
    const { upTo } = section;
    let after = backwards ? undefined : section.after;
    for (;;) {
      const now = this.clock.now();
      const rows = await this.database.rows(
        `SELECT * FROM switchboard_memberships
          WHERE room = ? AND connection_id >= ?
            AND ${after === undefined ? '? IS NULL' : `connection_id ${beyond} ?`}
            AND connection_id > ? ${upTo === undefined ? '' : 'AND connection_id <= ?'}
            AND expires_at > ${BELIEVED_NOW}
          ORDER BY connection_id ${order} LIMIT ?`,
        [
          room,
          from,
          after ?? null,
          section.after ?? '',
          ...(upTo === undefined ? [] : [upTo]),
          now,
          now,
          pageSize,
        ],
        signal,
      );
      yield rows.map((row) => toMembership(room, row));
      if (rows.length < pageSize) return;
      after = rows.at(-1)?.connection_id as string;
    }
  }

  async sections(room: Room, most: number): Promise<readonly Section[]> {
    const kept = await this.#bounds.of(room);
    if (!kept && (await this.count(room, most + 1)) <= most) return [EVERY_MEMBER];
    return sectionsBetween(kept ?? (await this.#bounds.keep(room, await this.#bounds.walk(room, most))));
  }

  async count(room: Room, atMost: number): Promise<number> {
    const [row] = await this.database.rows(
      `SELECT COUNT(*) AS counted FROM
        (SELECT 1 FROM switchboard_memberships WHERE room = ? LIMIT ?) AS members`,
      [room, atMost],
    );
    return row?.counted as number;
  }

  async find(room: Room, connectionId: string, signal?: AbortSignal): Promise<Membership | undefined> {
    const now = this.clock.now();
    const [row] = await this.database.rows(
      `SELECT * FROM switchboard_memberships
        WHERE room = ? AND connection_id = ? AND expires_at > ${BELIEVED_NOW}`,
      [room, connectionId, now, now],
      signal,
    );
    return row && toMembership(room, row);
  }

  async join(membership: Membership, entered?: () => void): ReturnType<RoomRepository['join']> {
    const [row = {}] = await this.database.call('switchboard_join', [
      ...toMembershipValues(membership),
      ROOMS_PER_CONNECTION,
    ]);
    const outcome = row.outcome as Joined['outcome'] | 'session_unknown' | 'room_limit';
    if (outcome === 'session_unknown' || outcome === 'room_limit') return { outcome };
    // Here both writes are one call.
    entered?.();
    return { outcome, session: sessionOf(row) };
  }

  async leave(room: Room, connectionId: string): Promise<Membership | undefined> {
    const [row] = await this.database.call('switchboard_leave', [room, connectionId]);
    return row && toMembership(room, row);
  }

  async removeMember(room: Room, connectionId: string): Promise<Membership | undefined> {
    const [row] = await this.database.call('switchboard_remove_member', [room, connectionId]);
    return row && toMembership(room, row);
  }

  async renew(room: Room, connectionId: string, session: MembersSession): Promise<void> {
    const { tokenExpiresAt = null, withoutPresence = false } = session;
    await this.database.change(
      `UPDATE switchboard_memberships
        SET token_expires_at = COALESCE(?, token_expires_at), without_presence = ?
        WHERE room = ? AND connection_id = ?`,
      [tokenExpiresAt, withoutPresence ? 1 : 0, room, connectionId],
    );
  }
}
