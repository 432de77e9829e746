import { ROOMS_PER_CONNECTION } from '../../../protocol/limits.js';
import type { Room } from '../../../protocol/names.js';
import type { Clock } from '../../application/ports/clock.js';
import {
  type MembersSession,
  type ReadingMembers,
  type RoomRepository,
  SECTIONS_KEPT_MS,
} from '../../application/ports/room-repository.js';
import type { Membership } from '../../domain/membership.js';
import { EVERY_MEMBER, isWithin, type Section, sectionsBetween } from '../../domain/section.js';
import type { MemoryStore } from './memory-store.js';

const PAGE_SIZE = 1_000;

export class InMemoryRoomRepository implements RoomRepository {
  /** The bounds of rooms' sections. */
  readonly #bounds = new Map<Room, { bounds: readonly string[]; until: number }>();

  constructor(
    private readonly store: MemoryStore,
    private readonly clock: Clock,
  ) {}

  async *members(room: Room, options: ReadingMembers = {}): AsyncIterable<readonly Membership[]> {
    const { pageSize = PAGE_SIZE, backwards = false, section = EVERY_MEMBER, from = '' } = options;
    const now = this.clock.now();
    let page: Membership[] = [];
    const members = [...(this.store.rooms.get(room)?.values() ?? [])].sort(byConnection);
    for (const membership of backwards ? members.reverse() : members) {
      const { connectionId, expiresAt } = membership;
      if (expiresAt > now && connectionId >= from && isWithin(connectionId, section)) page.push(membership);
      if (page.length < pageSize) continue;
      yield page;
      page = [];
    }
    if (page.length > 0) yield page;
  }

  async count(room: Room, atMost: number): Promise<number> {
    return Math.min(atMost, this.store.rooms.get(room)?.size ?? 0);
  }

  async sections(room: Room, most: number): Promise<readonly Section[]> {
    const kept = this.#bounds.get(room);
    const now = this.clock.now();
    if (kept && kept.until > now) return sectionsBetween(kept.bounds);
    const ids = [...(this.store.rooms.get(room)?.keys() ?? [])].sort();
    if (ids.length <= most) return [EVERY_MEMBER];
    const bounds = ids.filter((_, index) => (index + 1) % most === 0 && index < ids.length - 1);
    this.#bounds.set(room, { bounds, until: now + SECTIONS_KEPT_MS });
    return sectionsBetween(bounds);
  }

  async find(room: Room, connectionId: string): Promise<Membership | undefined> {
    const membership = this.store.rooms.get(room)?.get(connectionId);
    return membership && membership.expiresAt > this.clock.now() ? membership : undefined;
  }

  async join(membership: Membership, entered?: () => void): ReturnType<RoomRepository['join']> {
    const { room, connectionId } = membership;
    const connection = this.store.connections.get(connectionId);
    const listed = connection?.rooms.includes(room) ?? false;
    if (!connection || (!listed && connection.rooms.length >= ROOMS_PER_CONNECTION)) {
      this.store.take(room, connectionId);
      return { outcome: connection ? 'room_limit' : 'session_unknown' };
    }
    const known = this.store.rooms.get(room)?.get(connectionId);
    if (!listed) {
      this.store.connections.set(connectionId, { ...connection, rooms: [...connection.rooms, room] });
    }
    const { joinedAt = membership.joinedAt, stamp } = known ?? {};
    this.store.put({ ...membership, joinedAt, ...(stamp && { stamp }) });
    entered?.();
    const { tokenExpiresAt, permissions } = connection;
    return { outcome: known ? 'rejoined' : 'joined', session: { tokenExpiresAt, permissions } };
  }

  async leave(room: Room, connectionId: string): Promise<Membership | undefined> {
    const connection = this.store.connections.get(connectionId);
    if (connection) {
      const rooms = connection.rooms.filter((other) => other !== room);
      this.store.connections.set(connectionId, { ...connection, rooms });
    }
    return this.removeMember(room, connectionId);
  }

  async removeMember(room: Room, connectionId: string): Promise<Membership | undefined> {
    return this.store.take(room, connectionId);
  }

  async renew(room: Room, connectionId: string, session: MembersSession): Promise<void> {
    const membership = this.store.rooms.get(room)?.get(connectionId);
    if (!membership) return;
    const { withoutPresence: _, ...rest } = membership;
    const { tokenExpiresAt, withoutPresence } = session;
    this.store.put({
      ...rest,
      tokenExpiresAt: tokenExpiresAt ?? membership.tokenExpiresAt,
      ...(withoutPresence && { withoutPresence }),
    });
  }
}

const byConnection = (a: Membership, b: Membership): number => (a.connectionId < b.connectionId ? -1 : 1);
