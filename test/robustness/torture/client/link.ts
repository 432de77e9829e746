import type { SimulatedSocket } from '../simulation/aws/simulated-socket.js';
import type { Platform } from './torture-client.js';

export class RefusedError extends Error {
  constructor(
    readonly code: string,
    readonly retryable: boolean,
  ) {
    super(code);
  }
}

export const LOST = 'lost';

/** One connection: requests and their answers. */
export class Link {
  readonly opened: Promise<void>;
  readonly ended: Promise<void>;
  readonly #socket: SimulatedSocket;
  readonly #pending = new Map<string, { resolve(reply: never): void; reject(error: Error): void }>();
  #requests = 0;
  #signals = 0;
  #over = false;
  #tellEnd: () => void = () => {};

  constructor(
    url: string,
    private readonly platform: Platform,
    onPush: (frame: Record<string, unknown>) => void,
  ) {
    const socket = new platform.WebSocket(url);
    this.#socket = socket;
    this.ended = new Promise((resolve) => {
      this.#tellEnd = resolve;
    });
    this.opened = new Promise((resolve, reject) => {
      socket.onopen = () => resolve();
      this.#pending.set('open', { resolve, reject });
    });
    socket.onclose = () => this.#end();
    socket.onmessage = ({ data }: { data: string }) => {
      const frame = JSON.parse(data);
      const pending = this.#pending.get(frame.id);
      this.#pending.delete(frame.id);
      if (frame.type === 'ack') pending?.resolve(frame as never);
      else if (frame.type === 'error') pending?.reject(new RefusedError(frame.code, frame.retryable));
      else if (frame.type) onPush(frame);
    };
  }

  async request<Reply>(action: string, fields: object, timeoutMs = 16_000): Promise<Reply> {
    if (this.#over) throw new RefusedError(LOST, true);
    this.#requests += 1;
    const id = `c${this.#requests}`;
    const { clock } = this.platform;
    const answered = new Promise<Reply>((resolve, reject) => this.#pending.set(id, { resolve, reject }));
    this.#socket.send(JSON.stringify({ action, id, ...fields }));
    // A peer that does not answer is dead.
    const timer = clock.setTimeout(() => this.drop(), timeoutMs);
    try {
      return await answered;
    } finally {
      clock.clearTimeout(timer);
    }
  }

  /** Signals have no answer. */
  signal(to: object, data: unknown): void {
    this.#signals += 1;
    const tag = this.#socket.connectionId.slice(0, -1);
    this.#socket.send(JSON.stringify({ action: 'signal', ...to, data, tag, number: this.#signals }));
  }

  drop(): void {
    this.#socket.close();
  }

  #end(): void {
    this.#over = true;
    for (const { reject } of this.#pending.values()) reject(new RefusedError(LOST, true));
    this.#pending.clear();
    this.#tellEnd();
  }
}
