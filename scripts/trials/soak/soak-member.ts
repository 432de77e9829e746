import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import WebSocket from 'ws';

interface Reply {
  type: string;
  id?: string;
  code?: string;
  offset?: number;
  epoch?: string;
  items?: { offset: number }[];
  more?: boolean;
  retryAfterMs?: number;
  data?: unknown;
}

/** A connection in one room that remembers which offsets it was sent. */
export class SoakMember {
  readonly received = new Set<number>();
  readonly acked: number[] = [];
  doubled = 0;
  /** The codes of refused publications. */
  readonly codes: string[] = [];
  #asked = 0;
  #epoch = '';
  #latencies: number[] = [];
  readonly #replies = new Map<string, (reply: Reply) => void>();

  private constructor(
    private readonly socket: WebSocket,
    private readonly room: string,
  ) {
    socket.on('message', (frame) => this.#hear(JSON.parse(String(frame))));
    socket.on('error', () => undefined);
  }

  static async join(url: string, room: string): Promise<SoakMember> {
    const socket = new WebSocket(url);
    await once(socket, 'open');
    const member = new SoakMember(socket, room);
    const { epoch = '' } = await member.#ask({ action: 'join', room });
    member.#epoch = epoch;
    return member;
  }

  /** How many publications were not answered. */
  get waiting(): number {
    return this.#replies.size;
  }

  /**
   * Returns false and sends nothing while the last publication is unanswered, so that a slow machine is not flooded.
   */
  publish(): boolean {
    if (this.waiting > 0) return false;
    void this.#ask({ action: 'publish', room: this.room, data: { sentAt: performance.now() } }).then(
      ({ type, offset = 0, code = '' }) => {
        if (type === 'ack') this.acked.push(offset);
        else this.codes.push(code);
      },
    );
    return true;
  }

  /** The offsets of the room's whole history. */
  async readHistory(): Promise<Set<number>> {
    const offsets = new Set<number>();
    let last = 0;
    for (let more = true; more; ) {
      const since = { epoch: this.#epoch, offset: last };
      const page = await this.#ask({ action: 'history', room: this.room, since, limit: 100 });
      if (page.type === 'error') await sleep(page.retryAfterMs ?? 100);
      for (const { offset } of page.items ?? []) offsets.add(offset);
      last = page.items?.at(-1)?.offset ?? last;
      more = page.type === 'error' || page.more === true;
    }
    return offsets;
  }

  takeLatencies(): number[] {
    const taken = this.#latencies;
    this.#latencies = [];
    return taken;
  }

  close(): void {
    this.socket.terminate();
  }

  #ask(frame: object): Promise<Reply> {
    this.#asked += 1;
    const id = `q${this.#asked}`;
    this.socket.send(JSON.stringify({ ...frame, id }));
    return new Promise((resolve) => this.#replies.set(id, resolve));
  }

  #hear(frame: Reply): void {
    if (frame.type === 'message') this.#receive(frame.offset as number, frame.data);
    if (frame.type === 'messages')
      for (const { offset, data } of (frame.items ?? []) as Reply[]) this.#receive(offset as number, data);
    if (frame.type !== 'ack' && frame.type !== 'error') return;
    this.#replies.get(frame.id ?? '')?.(frame);
    this.#replies.delete(frame.id ?? '');
  }

  #receive(offset: number, data: unknown): void {
    if (this.received.has(offset)) this.doubled += 1;
    this.received.add(offset);
    this.#latencies.push(performance.now() - (data as { sentAt: number }).sentAt);
  }
}
