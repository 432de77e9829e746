import type { Room } from '../../../../protocol/names.js';

/**
 * Runs the appends of one process to one room one after the other, so that they do not collide. Each learns what the one
 * before it has appended.
 */
export class RoomQueue<Result> {
  readonly #last = new Map<Room, Promise<Result>>();

  async run(room: Room, task: (before: Result | undefined) => Promise<Result>): Promise<Result> {
    const before: Promise<Result | undefined> = this.#last.get(room) ?? Promise.resolve(undefined);
    const mine = before.then(task, () => task(undefined));
    this.#last.set(room, mine);
    try {
      return await mine;
    } finally {
      if (this.#last.get(room) === mine) this.#last.delete(room);
    }
  }
}
