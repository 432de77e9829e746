import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Faults } from '../faults.js';
import type { GatewayLimits, Route } from '../gateway-options.js';
import type { DisconnectEvent } from '../lambda/event-shapes.js';
import { describeFailure, type Integrations } from '../lambda/integrations.js';
import type { LambdaEvents, Peer } from '../lambda/lambda-events.js';
import type { Ending } from './open-connection.js';

/** Delivers `$disconnect` once for each connection that was open, unless a fault changes that. Never retries. */
export class Disconnects {
  readonly #pending = new Set<Promise<void>>();
  readonly #hurry = new AbortController();

  constructor(
    private readonly route: Route | undefined,
    private readonly events: LambdaEvents,
    private readonly integrations: Integrations,
    private readonly faults: Faults,
    private readonly limits: GatewayLimits,
    private readonly log: (line: string) => void,
  ) {
    // One listener for each delay is not a leak, even with many delays.
    setMaxListeners(0, this.#hurry.signal);
  }

  deliver(peer: Peer, { code, reason }: Ending): void {
    const delivery = this.#deliver(this.events.disconnect(peer, code, reason)).finally(() => {
      this.#pending.delete(delivery);
    });
    this.#pending.add(delivery);
  }

  /** Cuts delays short, and resolves when every delivery has been handled. */
  async drain(): Promise<void> {
    this.#hurry.abort();
    await Promise.all(this.#pending);
  }

  async #deliver(event: DisconnectEvent): Promise<void> {
    const fault = this.faults.disconnect?.(event);
    if (fault === 'drop') {
      this.log(`DISCONNECT ${event.requestContext.connectionId} dropped on purpose`);
      return;
    }
    if (typeof fault === 'object')
      await delay(fault.delayMs, undefined, { signal: this.#hurry.signal }).catch(() => undefined);
    await this.#invoke(event);
    if (fault === 'duplicate') await this.#invoke(event);
  }

  async #invoke(event: DisconnectEvent): Promise<void> {
    const { connectionId, disconnectStatusCode } = event.requestContext;
    // Without the reason, which may be any text from the client.
    const line = `DISCONNECT ${connectionId} ${disconnectStatusCode}`;
    if (!this.route || this.route.invokable === false) {
      this.log(line);
      return;
    }
    const { handler, timeoutMs = this.limits.integrationMs } = this.route;
    const outcome = await this.integrations.invoke('$disconnect', handler, event, timeoutMs);
    this.log('returned' in outcome ? line : `${line} ${describeFailure(outcome)}`);
  }
}
