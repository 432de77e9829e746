import type { RoomRepository } from '../ports/room-repository.js';

/** How many connections have rows: open ones, and ended ones that no `$disconnect` and no push has reported yet. */
export class CountConnections {
  constructor(private readonly rooms: RoomRepository) {}

  async execute(): Promise<number> {
    let connections = 0;
    // Every connection is in `*` from its `$connect` on.
    for await (const page of this.rooms.members('*', { inAnyOrder: true })) connections += page.length;
    return connections;
  }
}
