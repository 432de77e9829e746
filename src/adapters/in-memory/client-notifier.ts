import type { ClientNotifier, SendOutcome } from '../../application/ports/client-notifier.js';

/** In-memory clients: each push is appended to an array. */
export class InMemoryClientNotifier implements ClientNotifier {
  readonly #received = new Map<string, unknown[]>();

  open(connectionId: string): void {
    this.#received.set(connectionId, []);
  }

  /** The parsed frames that a connection received, oldest first. */
  received(connectionId: string): unknown[] {
    return this.#received.get(connectionId) ?? [];
  }

  async send(connectionId: string, frame: string, _deadline: number): Promise<SendOutcome> {
    const frames = this.#received.get(connectionId);
    frames?.push(JSON.parse(frame));
    return frames ? 'delivered' : 'gone';
  }

  async close(connectionId: string): Promise<void> {
    this.#received.delete(connectionId);
  }

  async probe(connectionId: string): Promise<'open' | 'gone'> {
    return this.#received.has(connectionId) ? 'open' : 'gone';
  }
}
