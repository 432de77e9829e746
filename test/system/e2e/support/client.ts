import { WebSocket } from 'ws';
import { parseServerFrame, type ServerFrame } from '../../../support/server-frame.js';

export interface Received {
  room: string;
  epoch: string;
  offset: number;
  from: string;
  data: unknown;
}

/** Below the tests' own limit, so that a failure tells which frames came instead. */
const PATIENCE_MS = 50_000;

/**
 * A WebSocket client that remembers every frame and waits for conditions, never for time. A frame that the protocol
 * does not have fails the test.
 */
export class Client {
  readonly frames: ServerFrame[] = [];
  readonly closed: Promise<number>;
  #asked = 0;
  readonly #actions = new Map<unknown, string>();
  readonly #waiting = new Set<() => void>();

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data) => {
      const text = data.toString();
      this.frames.push(JSON.parse(text));
      for (const look of this.#waiting) look();
      parseServerFrame(text, this.#actions.get(this.frames.at(-1)?.id));
    });
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => socket.on('close', resolve));
  }

  /** Resolves when the socket is open; to the status when the upgrade is refused. */
  static async dial(url: string): Promise<Client | number> {
    const client = new Client(new WebSocket(url));
    const { socket } = client;
    return new Promise((resolve, reject) => {
      socket.on('open', () => resolve(client));
      socket.on('unexpected-response', (_, { statusCode = 0 }) => {
        socket.terminate();
        resolve(statusCode);
      });
      socket.on('error', reject);
    });
  }

  static async connect(url: string): Promise<Client> {
    const client = await Client.dial(url);
    if (typeof client === 'number') throw new Error(`The upgrade was refused with ${client}`);
    return client;
  }

  send(frame: unknown): void {
    this.socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  /** The one reply to a frame, ack or error. */
  async ask(action: string, fields: object = {}): Promise<ServerFrame> {
    this.#asked += 1;
    const id = `q${this.#asked}`;
    this.#actions.set(id, action);
    this.send({ action, id, ...fields });
    return this.until(() => this.frames.find((frame) => frame.id === id && isReply(frame)));
  }

  /** Like `ask`, for frames that have to succeed. */
  async do(action: string, fields: object = {}): Promise<ServerFrame> {
    const reply = await this.ask(action, fields);
    if (reply.type !== 'ack') throw new Error(`${action} was answered with ${JSON.stringify(reply)}`);
    return reply;
  }

  /** The result of `look`, as soon as there is one. */
  async until<T>(look: () => T | undefined | false): Promise<T> {
    return new Promise((resolve, reject) => {
      const impatience = setTimeout(() => {
        this.#waiting.delete(check);
        reject(new Error(`It did not come. What came: ${described(this.frames)}`));
      }, PATIENCE_MS);
      const check = () => {
        const found = look();
        if (found === undefined || found === false) return;
        clearTimeout(impatience);
        this.#waiting.delete(check);
        resolve(found);
      };
      this.#waiting.add(check);
      check();
    });
  }

  get replies(): ServerFrame[] {
    return this.frames.filter(isReply);
  }

  /** Pushed publications in the order in which they came, however many a frame brought. */
  received(room: string): Received[] {
    return this.frames
      .filter((frame) => frame.room === room)
      .flatMap((frame) => {
        if (frame.type === 'message') return [frame];
        if (frame.type !== 'messages') return [];
        return (frame.items as ServerFrame[]).map((item) => ({ ...item, room, epoch: frame.epoch }));
      }) as unknown as Received[];
  }

  /** The data of a room's publications, each once, in the order of their offsets. */
  said(room: string): unknown[] {
    const byOffset = new Map(this.received(room).map(({ offset, data }) => [offset, data]));
    return [...byOffset].sort(([a], [b]) => a - b).map(([, data]) => data);
  }

  async hears(room: string, data: unknown): Promise<Received> {
    const wanted = JSON.stringify(data);
    return this.until(() => this.received(room).find((one) => JSON.stringify(one.data) === wanted));
  }

  async close(): Promise<void> {
    this.socket.close();
    await this.closed;
  }

  /** Vanishes without a close frame. */
  async vanish(): Promise<void> {
    this.socket.terminate();
    await this.closed;
  }
}

const isReply = ({ type }: ServerFrame): boolean => type === 'ack' || type === 'error';

const described = (frames: readonly ServerFrame[]): string =>
  JSON.stringify(frames, (_, value) =>
    typeof value === 'string' && value.length > 100 ? `${value.slice(0, 100)}…` : value,
  ).slice(-3_000);
