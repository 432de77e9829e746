import type { Room } from '../domain/room.js';
import type { Clock } from './ports/clock.js';
import type { RoomRepository } from './ports/room-repository.js';

const FRESH_MS = 5_000;
const CACHED_ROOMS = 1_000;

/** Which rooms are small, as of a few seconds ago. */
export class RoomSizes {
  readonly #counted = new Map<Room, { count: number; at: number }>();

  constructor(
    private readonly rooms: RoomRepository,
    private readonly clock: Clock,
  ) {}

  async isAtMost(room: Room, limit: number): Promise<boolean> {
    if (limit === 0) return false;
    const known = this.#counted.get(room);
    if (known && known.at > this.clock.now() - FRESH_MS) return known.count <= limit;

    const count = await this.rooms.count(room, limit + 1);
    this.#remember(room, count);
    return count <= limit;
  }

  #remember(room: Room, count: number): void {
    this.#counted.delete(room);
    this.#counted.set(room, { count, at: this.clock.now() });
    const oldest = this.#counted.keys().next();
    if (this.#counted.size > CACHED_ROOMS && !oldest.done) this.#counted.delete(oldest.value);
  }
}
