import type { Membership } from '../../domain/membership.js';
import type { ClientNotifier, SendOutcome } from '../ports/client-notifier.js';
import type { Clock } from '../ports/clock.js';
import type { Courier } from './courier.js';
import type { PushOptions } from './plain-pusher.js';

/** Tries each frame only once. It does not treat a connection as gone that has just opened. */
export class OneTryCourier implements Courier {
  constructor(
    private readonly clients: ClientNotifier,
    private readonly clock: Clock,
    private readonly options: PushOptions,
  ) {}

  async send(
    { connectionId, connectedAt }: Membership,
    frames: readonly string[],
    deadline: number,
  ): Promise<SendOutcome> {
    for (const frame of frames) {
      const outcome = await this.clients.send(connectionId, frame, deadline, { once: true });
      if (outcome === 'delivered') continue;
      const openForMs = (this.clients.now?.() ?? this.clock.now()) - connectedAt;
      return outcome === 'gone' && openForMs < this.options.openingMs ? 'failed' : outcome;
    }
    return 'delivered';
  }
}
