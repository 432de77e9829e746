import type { Room } from '../../../protocol/names.js';
import type { Clock } from '../ports/clock.js';
import type { RoomRepository } from '../ports/room-repository.js';

/** How long a count is believed: counting a large room is expensive, and it does not change its size much. */
const FRESH_MS = 5_000;
const LARGE = 1_000;
const LARGE_FRESH_MS = 60_000;

const CACHED_ROOMS = 1_000;

/** How many members rooms had a few seconds ago. */
export class RoomSizes {
  readonly #counted = new Map<Room, { count: number; at: number }>();
  readonly #counting = new Map<Room, Promise<number>>();

  constructor(
    private readonly rooms: Pick<RoomRepository, 'count'>,
    private readonly clock: Clock,
    /** No caller needs a larger count than this; 0: no caller needs one. */
    private readonly atMost: number,
  ) {}

  async of(room: Room): Promise<number> {
    if (this.atMost === 0) return 0;
    const known = this.#counted.get(room);
    const isLarge = known && known.count >= Math.min(LARGE, this.atMost);
    const fresh = isLarge ? LARGE_FRESH_MS : FRESH_MS;
    if (known && known.at > this.clock.now() - fresh) return known.count;

    const counting = this.#counting.get(room) ?? this.#count(room).finally(() => this.#counting.delete(room));
    this.#counting.set(room, counting);
    return counting;
  }

  async #count(room: Room): Promise<number> {
    const count = await this.rooms.count(room, this.atMost);
    this.#remember(room, count);
    return count;
  }

  #remember(room: Room, count: number): void {
    this.#counted.delete(room);
    this.#counted.set(room, { count, at: this.clock.now() });
    const oldest = this.#counted.keys().next();
    if (this.#counted.size > CACHED_ROOMS && !oldest.done) this.#counted.delete(oldest.value);
  }
}
