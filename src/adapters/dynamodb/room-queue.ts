import type { Room } from '../../../protocol/names.js';

/** Appends of one process to one room go one after the other: among themselves they need not collide. */
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
