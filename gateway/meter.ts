import { type GatewayClock, SYSTEM_CLOCK } from './gateway-clock.js';

/** API Gateway bills one message for each begun 32 KB. */
const UNIT_BYTES = 32 * 1024;

/** `received`: from a client; `replies`: over a route response; `pushes`: over `@connections`. */
export type MessageKind = 'received' | 'replies' | 'pushes';

export interface Invocations {
  count: number;
  /** The sum of all invocations; each is rounded up to whole milliseconds. */
  ms: number;
}

/** The amounts that AWS would bill for an API and its functions. */
export interface GatewayUsage {
  /** In units of 32 KB. */
  messages: Record<MessageKind, number>;
  connections: number;
  connectionMinutes: number;
  /** By route key; the authorizer is `authorizer`. */
  invocations: ReadonlyMap<string, Readonly<Invocations>>;
}

/**
 * Counts what AWS would bill. Refused handshakes and control frames do not count as messages, and calls of `@connections`
 * count only if a message was sent. It is unknown whether AWS bills these.
 */
export class Meter {
  readonly #messages: Record<MessageKind, number> = { received: 0, replies: 0, pushes: 0 };
  readonly #open = new Map<string, number>();
  readonly #invocations = new Map<string, Invocations>();
  #connections = 0;
  #closedMs = 0;

  constructor(private readonly clock: Pick<GatewayClock, 'now'> = SYSTEM_CLOCK) {}

  opened(connectionId: string): void {
    this.#connections += 1;
    this.#open.set(connectionId, this.clock.now());
  }

  closed(connectionId: string): void {
    this.#closedMs += this.clock.now() - (this.#open.get(connectionId) ?? this.clock.now());
    this.#open.delete(connectionId);
  }

  message(kind: MessageKind, text: string): void {
    this.#messages[kind] += Math.max(1, Math.ceil(Buffer.byteLength(text) / UNIT_BYTES));
  }

  invocation(name: string, ms: number): void {
    const { count, ms: before } = this.#invocations.get(name) ?? { count: 0, ms: 0 };
    this.#invocations.set(name, { count: count + 1, ms: before + Math.ceil(ms) });
  }

  /** Up to now, open connections included. */
  get usage(): GatewayUsage {
    const now = this.clock.now();
    const openMs = [...this.#open.values()].reduce((sum, since) => sum + now - since, 0);
    return {
      messages: { ...this.#messages },
      connections: this.#connections,
      connectionMinutes: (this.#closedMs + openMs) / 60_000,
      invocations: new Map(this.#invocations),
    };
  }
}
