import { type Membership, mayBeOpening } from '../../domain/membership.js';
import type { ClientNotifier, SendOutcome } from '../ports/client-notifier.js';
import type { Clock } from '../ports/clock.js';
import type { Courier } from './courier.js';
import type { PushOptions } from './plain-pusher.js';

const OPENING_TRIES = 3;
const OPENING_PAUSE_MS = 150;

/** The longest that one connection may delay the others: the next batch of a stream waits for it. */
const EFFORT = { patienceMs: 2_000 };

/** Tries again a few times, also for a connection that may still be opening. */
export class RetryingCourier implements Courier {
  constructor(
    private readonly clients: ClientNotifier,
    private readonly clock: Clock,
    private readonly options: PushOptions,
  ) {}

  async send(member: Membership, frames: readonly string[], deadline: number): Promise<SendOutcome> {
    for (const frame of frames) {
      let outcome = await this.clients.send(member.connectionId, frame, deadline, EFFORT);
      if (outcome === 'gone') outcome = await this.#sendAgain(member, frame, deadline);
      if (outcome !== 'delivered') return outcome;
    }
    return 'delivered';
  }

  async #sendAgain(member: Membership, frame: string, deadline: number): Promise<SendOutcome> {
    for (let tries = 1; this.#mayBeOpening(member); tries += 1) {
      if (tries === OPENING_TRIES || this.clock.now() + OPENING_PAUSE_MS >= deadline) return 'failed';
      await this.clock.sleep(OPENING_PAUSE_MS);
      const outcome = await this.clients.send(member.connectionId, frame, deadline, EFFORT);
      if (outcome !== 'gone') return outcome;
    }
    return 'gone';
  }

  #mayBeOpening(member: Membership): boolean {
    // `connectedAt` is by the platform's clock, and the process's own may differ a lot.
    const now = this.clients.now?.() ?? this.clock.now();
    return mayBeOpening(member, now, this.options.openingMs);
  }
}
