import type { Membership } from '../domain/membership.js';
import { isJoinable } from '../domain/room.js';
import type { ClientNotifier, Delivery } from './ports/client-notifier.js';
import type { Clock } from './ports/clock.js';

export interface Tally {
  delivered: number;
  gone: number;
  failed: number;
}

export interface PushOptions {
  /** How many pushes are under way at once. */
  lanes: number;
  /**
   * How long a new connection may still be opening, in milliseconds: API Gateway answers 410 until `$connect` has returned,
   * and the connection is in `*` and its inbox before that.
   */
  openingMs: number;
}

const OPENING_TRIES = 3;
const OPENING_PAUSE_MS = 150;

/** What one connection may cost the others at the most. */
const PUSH_MS = 5_000;

/** Sends the same frames to many connections, each at its own pace: one that hangs holds up one lane, and not for long. */
export class Push {
  constructor(
    private readonly clients: ClientNotifier,
    private readonly clock: Clock,
    private readonly options: PushOptions,
  ) {}

  /**
   * Each connection gets the frames in their order, up to the first that fails. Resolves to undefined when `deadline`
   * (epoch milliseconds) passed before everybody's turn.
   */
  async toAll(
    members: AsyncIterable<Membership> | Iterable<Membership>,
    frames: readonly string[],
    deadline: number,
    onGone: (membership: Membership) => Promise<void> = async () => {},
  ): Promise<{ tally: Tally; complete: boolean }> {
    const tally: Tally = { delivered: 0, gone: 0, failed: 0 };
    const queue = iterate(members);
    let complete = true;

    const lane = async (): Promise<void> => {
      for (;;) {
        const next = await queue.next();
        if (next.done) return;
        if (this.clock.now() >= deadline) {
          complete = false;
          return;
        }
        const outcome = await this.#toOne(next.value, frames, deadline);
        tally[outcome] += 1;
        if (outcome === 'gone') await onGone(next.value);
      }
    };
    await Promise.all(Array.from({ length: this.options.lanes }, lane));
    return { tally, complete };
  }

  async #toOne(member: Membership, frames: readonly string[], deadline: number): Promise<Delivery> {
    for (const frame of frames) {
      const outcome = await this.#send(member, frame, Math.min(deadline, this.clock.now() + PUSH_MS));
      if (outcome !== 'delivered') return outcome;
    }
    return 'delivered';
  }

  async #send(member: Membership, frame: string, deadline: number): Promise<Delivery> {
    for (let tries = 1; ; tries += 1) {
      const outcome = await this.clients.send(member.connectionId, frame, deadline);
      if (outcome !== 'gone' || !this.#mayBeOpening(member)) return outcome;
      if (tries === OPENING_TRIES || this.clock.now() + OPENING_PAUSE_MS >= deadline) return 'failed';
      await this.clock.sleep(OPENING_PAUSE_MS);
    }
  }

  #mayBeOpening({ room, connectedAt }: Membership): boolean {
    // Whoever joined a room has sent a frame, so $connect had returned.
    return !isJoinable(room) && this.clock.now() - connectedAt < this.options.openingMs;
  }
}

async function* iterate(
  members: AsyncIterable<Membership> | Iterable<Membership>,
): AsyncGenerator<Membership> {
  yield* members;
}
