import type { Clock } from './clock.js';
import { encodeFrame } from './encode.js';
import type { Action, Push, Refusal, Replies, ServerFrame } from './frames.js';
import { SwitchboardError } from './switchboard-error.js';
import type { WebSocketLike } from './web-socket.js';

const CLOSE_PATIENCE_MS = 2_000;

interface Pending {
  resolve(reply: never): void;
  reject(error: SwitchboardError): void;
}

export interface LinkEvents {
  pushed(push: Push, link: Link): void;
  ended(link: Link, error: SwitchboardError): void;
}

export const lost = (message = 'The connection was lost'): SwitchboardError =>
  new SwitchboardError('connection_lost', message, { retryable: true });

export const refusal = (r: Refusal): SwitchboardError =>
  new SwitchboardError(r.code, r.message, {
    retryable: r.retryable === true,
    retryAfterMs: r.retryAfterMs,
    requestId: r.requestId,
  });

const parse = (text: unknown): ServerFrame | undefined => {
  try {
    return JSON.parse(String(text)) ?? undefined;
  } catch {
    return undefined;
  }
};

/** One WebSocket, from its opening to its end. */
export class Link {
  /** The rooms this very connection is in. */
  readonly rooms = new Set<string>();
  readonly opened: Promise<void>;
  readonly #pending = new Map<string, Pending>();
  readonly #closed: Promise<void>;
  #requests = 0;
  #end: SwitchboardError | undefined;

  constructor(
    private readonly socket: WebSocketLike,
    private readonly clock: Clock,
    private readonly events: LinkEvents,
  ) {
    let isOpen = false;
    let closed = () => {};
    this.#closed = new Promise((resolve) => {
      closed = resolve;
    });
    this.opened = new Promise((resolve, reject) => {
      this.#pending.set('', { resolve, reject });
      socket.onopen = () => {
        isOpen = true;
        this.#settle('')?.resolve(undefined as never);
      };
    });
    // Whoever waits for it has his own copy; a link that is dropped before anybody does is no accident.
    this.opened.catch(() => {});
    socket.onmessage = ({ data }: { data: unknown }) => this.#received(parse(data));
    // The close event that follows says all there is to know; but `ws` throws where nobody listens.
    socket.onerror = () => {};
    socket.onclose = () => {
      closed();
      const turnedAway = new SwitchboardError('refused', 'The server did not let us in', { retryable: true });
      this.drop(isOpen ? lost() : turnedAway);
    };
  }

  get isAlive(): boolean {
    return !this.#end;
  }

  get isIdle(): boolean {
    return this.#pending.size === 0;
  }

  async request<A extends Action>(action: A, fields: string, timeoutMs: number): Promise<Replies[A]> {
    if (this.#end) throw this.#end;
    const id = `c${++this.#requests}`;
    const frame = encodeFrame(action, id, fields);
    return new Promise<Replies[A]>((resolve, reject) => {
      const timer = this.clock.setTimeout(() => {
        const late = new SwitchboardError('timeout', `No answer to ${action} in time`, { retryable: true });
        this.#settle(id)?.reject(late);
      }, timeoutMs);
      const settled =
        <V>(settle: (value: V) => void) =>
        (value: V) => {
          this.clock.clearTimeout(timer);
          settle(value);
        };
      this.#pending.set(id, { resolve: settled(resolve), reject: settled(reject) });
      this.socket.send(frame);
    });
  }

  /** The end, at once: a dead peer may never confirm it. */
  drop(error: SwitchboardError): void {
    if (this.#end) return;
    this.#end = error;
    this.socket.close(1000);
    for (const id of [...this.#pending.keys()]) this.#settle(id)?.reject(error);
    this.events.ended(this, error);
  }

  /** The end, and the peer's agreement if it comes soon. */
  async close(error: SwitchboardError): Promise<void> {
    this.drop(error);
    let timer: unknown;
    const patience = new Promise<void>((resolve) => {
      timer = this.clock.setTimeout(resolve, CLOSE_PATIENCE_MS);
    });
    await Promise.race([this.#closed, patience]);
    this.clock.clearTimeout(timer);
  }

  #received(frame: ServerFrame | undefined): void {
    if (!frame || this.#end) return;
    if (frame.type === 'ack') this.#settle(frame.id)?.resolve(frame as never);
    else if (frame.type === 'error') this.#settle(frame.id)?.reject(refusal(frame));
    else if (frame.type) this.events.pushed(frame, this);
  }

  #settle(id: string | null | undefined): Pending | undefined {
    const pending = this.#pending.get(id ?? '-');
    this.#pending.delete(id ?? '-');
    return pending;
  }
}
