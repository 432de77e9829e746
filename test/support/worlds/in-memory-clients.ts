import { InMemoryClientNotifier } from '../../../src/adapters/in-memory/client-notifier.js';
import type { SendOutcome } from '../../../src/application/ports/client-notifier.js';

/** In-memory clients, some of which can be made to misbehave. */
export class InMemoryClients extends InMemoryClientNotifier {
  /** The clock that gives connections their `connectedAt`, if it is not the process's. */
  now?: () => number;
  /** How often a push to each connection was tried. */
  readonly tries = new Map<string, number>();
  probes = 0;
  /** Called before each push; an outcome replaces the push, undefined lets it through. */
  behaviour: (connectionId: string) => SendOutcome | undefined | Promise<SendOutcome | undefined> = () =>
    undefined;
  readonly #taken = new Map<string, number>();

  override async send(connectionId: string, frame: string, deadline: number): Promise<SendOutcome> {
    this.tries.set(connectionId, (this.tries.get(connectionId) ?? 0) + 1);
    return (await this.behaviour(connectionId)) ?? super.send(connectionId, frame, deadline);
  }

  override async probe(connectionId: string): ReturnType<InMemoryClientNotifier['probe']> {
    this.probes += 1;
    return super.probe(connectionId);
  }

  /** The frames since the last call. */
  take(connectionId: string): Record<string, unknown>[] {
    const frames = this.received(connectionId) as Record<string, unknown>[];
    const taken = this.#taken.get(connectionId) ?? 0;
    this.#taken.set(connectionId, frames.length);
    return frames.slice(taken);
  }
}
