/** How long to wait before joining again when the server could not answer although there is a connection. */
const AGAIN_MS = 10_000;

/** A user may be in a room without permission to read its history. */
const joinWithPast = (room) =>
  room.join({ last: 50 }).catch((error) => {
    if (error.code !== 'forbidden') throw error;
    return room.join();
  });

/** Joins rooms, and joins them later where there was no answer. */
export class RoomJoiner {
  #client;
  #handlers;
  #waiting = new Set();

  /** `isWanted`: the room has not been left; `entered` and `refused` are told how a join ended. */
  constructor(client, handlers) {
    this.#client = client;
    this.#handlers = handlers;
  }

  async enter(conversation) {
    if (!this.#handlers.isWanted(conversation)) return;
    try {
      const joined = await joinWithPast(this.#client.room(conversation.name));
      this.#handlers.entered(conversation, joined);
    } catch (error) {
      // It was left meanwhile, or everything has ended: there is nothing to say about this room.
      if (error.code === 'closed' || this.#client.state === 'closed') return;
      if (!error.retryable) this.#handlers.refused(conversation, error);
      else if (this.#client.state !== 'live') this.#waiting.add(conversation);
      else setTimeout(() => this.enter(conversation), AGAIN_MS);
    }
  }

  /** There is a connection again. */
  resume() {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const conversation of waiting) void this.enter(conversation);
  }
}
