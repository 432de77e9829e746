import type { SimulatedConnection } from '../gateway/simulated-connection.js';
import type { SimulatedWorld } from '../simulated-world.js';

/** Which connections may be in which rooms, by the requests that the gateway saw. */
export class MembershipTracker {
  /** By connection and room: when the connection last left for certain; undefined while it may be a member. */
  readonly #mayBeIn = new Map<string, number | undefined>();
  /** How often a connection asked to enter a room. */
  readonly #entries = new Map<string, number>();

  constructor(private readonly world: SimulatedWorld) {}

  enters(id: string, room: string): void {
    const stay = `${id} ${room}`;
    this.#mayBeIn.set(stay, undefined);
    this.#entries.set(stay, (this.#entries.get(stay) ?? 0) + 1);
  }

  left(id: string, room: string): void {
    this.#mayBeIn.set(`${id} ${room}`, this.world.scheduler.now);
  }

  wasEverIn(id: string, room: string): boolean {
    return this.#mayBeIn.has(`${id} ${room}`);
  }

  /** Whether it had certainly left before that time. */
  hadLeft(id: string, room: string, at: number): boolean {
    return (this.#mayBeIn.get(`${id} ${room}`) ?? Number.POSITIVE_INFINITY) < at;
  }

  /**
   * An operator removes them: connections that are idle now and do not ask to enter meanwhile have left once the
   * returned function is called.
   */
  removing(connections: readonly SimulatedConnection[], room: string): () => void {
    const { ledger } = this.world;
    const quiet = connections
      .filter(({ id, busy }) => busy === 0 && this.wasEverIn(id, room))
      .map(({ id }) => ({ id, entries: this.#entries.get(`${id} ${room}`) }));
    return () => {
      for (const { id, entries } of quiet)
        if (this.#entries.get(`${id} ${room}`) === entries && !ledger.troubled.has(id)) this.left(id, room);
    };
  }

  /** A push goes only to users who may be in the room. */
  checkPush({ id, userId }: SimulatedConnection, room: string, text: string, invokedAt: number): void {
    const { ledger } = this.world;
    const wrong = (why: string) => ledger.violate('isolation', `${id} ${why} and got ${text}`);
    if (room.startsWith('@')) {
      if (room !== `@${userId}`) wrong('is another user’s');
    } else if (!this.wasEverIn(id, room)) wrong(`was never in ${room}`);
    else if (this.hadLeft(id, room, invokedAt)) wrong(`had left ${room}`);
  }
}
