import type { Room } from '../../../../protocol/names.js';

/**
 * Runs the appends of one process to one room in the order of their calls. So a busy room takes one connection of the pool,
 * and not all of them to wait for its lock.
 */
export class RoomQueue {
  readonly #last = new Map<Room, Promise<unknown>>();

  async run<T>(room: Room, task: () => Promise<T>): Promise<T> {
    const before = this.#last.get(room) ?? Promise.resolve();
    const mine = before.then(task, task);
    this.#last.set(room, mine);
    try {
      return await mine;
    } finally {
      if (this.#last.get(room) === mine) this.#last.delete(room);
    }
  }
}
