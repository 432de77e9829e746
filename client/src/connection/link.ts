import type { Action, Reply } from '../../../protocol/actions.js';
import type { ErrorFrame } from '../../../protocol/errors.js';
import type { Push } from '../../../protocol/pushes.js';
import type { Clock } from '../options/clock.js';
import type { WebSocketLike } from '../options/web-socket.js';
import { SwitchboardError } from '../switchboard-error.js';
import { encodeFrame } from './encode.js';
import { lost } from './lost.js';
import { type Refused, refusal } from './refusal.js';
import { withDeadline } from './with-deadline.js';

const CLOSE_PATIENCE_MS = 2_000;

interface Pending {
  resolve(reply: never): void;
  reject(error: SwitchboardError): void;
}

export interface LinkEvents {
  pushed(push: Push, link: Link): void;
  ended(link: Link, reason: SwitchboardError): void;
}

/** API Gateway's own words on throttling and errors: nothing in them tells which frame they are about. */
interface GatewayFrame {
  readonly type?: undefined;
  readonly message?: string;
  readonly connectionId?: string;
  readonly requestId?: string;
}

/** One WebSocket, from its opening to its end. */
export class Link {
  /** The rooms this very connection is in. */
  readonly rooms = new Set<string>();
  /** Rejects where the connection ends before it has begun. */
  readonly opened: Promise<unknown>;
  readonly #pending = new Map<unknown, Pending>();
  readonly #closed: Promise<void>;
  readonly #socket: WebSocketLike;
  readonly #clock: Clock;
  readonly #events: LinkEvents;
  #requests = 0;
  #end: SwitchboardError | undefined;

  constructor(socket: WebSocketLike, clock: Clock, events: LinkEvents) {
    this.#socket = socket;
    this.#clock = clock;
    this.#events = events;
    this.opened = this.#expect(this);
    socket.onopen = () => this.#settle(this)?.resolve(true as never);
    socket.onmessage = ({ data }: { data: string }) => this.#received(data);
    this.#closed = new Promise((resolve) => {
      // Node 22's own WebSocket ends with an error alone; `ws` and browsers close after it.
      socket.onerror = socket.onclose = () => {
        resolve();
        this.drop(this.#pending.has(this) ? refusal() : lost());
      };
    });
    // Only the package `ws` tells the HTTP status.
    (socket as Refused).on?.('unexpected-response', (_request, response) => this.drop(refusal(response)));
  }

  get isAlive(): boolean {
    return !this.#end;
  }

  get isIdle(): boolean {
    return !this.#pending.size;
  }

  async request<A extends Action>(action: A, fields: object, timeoutMs: number): Promise<Reply<A>> {
    if (this.#end) throw this.#end;
    const id = `c${++this.#requests}`;
    const frame = encodeFrame(action, id, fields);
    const reply = this.#expect<Reply<A>>(id);
    this.#socket.send(frame);
    return withDeadline(this.#clock, reply, timeoutMs, () => {
      this.#settle(id);
      return new SwitchboardError('timeout', `No answer to ${action}`, { retryable: true });
    });
  }

  /** The end, at once: a dead peer may never confirm it. */
  drop(error = lost()): void {
    if (this.#end) return;
    this.#end = error;
    this.#socket.close(1000);
    this.#rejectAll(error);
    this.#events.ended(this, error);
  }

  /** The end, and the peer's agreement if it comes soon. */
  async close(error: SwitchboardError): Promise<void> {
    this.drop(error);
    await withDeadline(this.#clock, this.#closed, CLOSE_PATIENCE_MS, lost).catch(() => {});
  }

  #received(text: string): void {
    let frame: { readonly type: 'ack'; readonly id?: string } | ErrorFrame | Push | GatewayFrame | null;
    try {
      frame = JSON.parse(text);
    } catch {
      return;
    }
    if (!frame || this.#end) return;
    if (frame.type === 'ack') this.#settle(frame.id)?.resolve(frame as never);
    else if (frame.type === 'error')
      this.#settle(frame.id)?.reject(new SwitchboardError(frame.code, frame.message, frame));
    else if (frame.type) this.#events.pushed(frame, this);
    else if (frame.connectionId) this.#failedAtGateway(frame);
  }

  /** Every frame of ours has a reply, so it is the one that waits for it; of several, it may be any: all are repeated. */
  #failedAtGateway({ message, requestId }: GatewayFrame): void {
    const details = { retryable: true, requestId: this.#pending.size === 1 ? requestId : undefined };
    this.#rejectAll(new SwitchboardError('unavailable', `Gateway: ${message}`, details));
  }

  #rejectAll(error: SwitchboardError): void {
    for (const id of [...this.#pending.keys()]) this.#settle(id)?.reject(error);
  }

  #expect<T>(id: unknown): Promise<T> {
    const promise = new Promise<T>((resolve, reject) => this.#pending.set(id, { resolve, reject }));
    // The caller has a promise of its own that follows this one: rejecting before anybody waits is no accident.
    promise.catch(() => {});
    return promise;
  }

  #settle(id: unknown): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }
}
