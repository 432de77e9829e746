import type { Cursor } from '../../../protocol/cursor.js';
import { ROOMS_PER_CONNECTION } from '../../../protocol/limits.js';
import type { UserState } from '../../../protocol/member-state.js';
import { BEARER_PREFIX } from '../../../protocol/subprotocols.js';
import type { WebSocketConstructor } from '../../src/options/web-socket.js';
import { FakeLog } from './fake-log.js';
import { FakeReplies } from './fake-replies.js';
import { FakeSocket, type Frame } from './fake-socket.js';
import { Refused } from './refused.js';
import type { TimerClock } from './timer-clock.js';

/** Answers as the protocol says, and misbehaves as a test says. */
export class FakeServer {
  readonly sockets: FakeSocket[] = [];
  /** The protocol's events as others would see them: who came into a room, and who left it. */
  readonly presence: string[] = [];
  readonly WebSocket: WebSocketConstructor;
  isRefusing = false;
  /** Ends connections as Node 22's own WebSocket does: with an error alone. */
  endsWithErrorAlone = false;
  /** Nothing answers at its address. */
  isGone = false;
  /** Neither lets anybody in nor turns anybody away. */
  isSilent = false;
  latencyMs: () => number = () => 1;
  pageSize = 100;
  maxRooms = ROOMS_PER_CONNECTION;
  /** Sees every frame first: what it returns is the reply, `null` is none at all, `undefined` the usual one. */
  answer: (frame: Frame, socket: FakeSocket) => Frame | null | undefined = () => undefined;
  /** Which pushes get through. */
  delivers: (frame: Frame, socket: FakeSocket) => boolean = () => true;
  /** States of users, by room. */
  readonly states = new Map<string, UserState[]>();
  /** Which users may be in which rooms. */
  admits: (userId: string, room: string) => boolean = () => true;
  readonly #replies = new FakeReplies(this);
  readonly #logs = new Map<string, FakeLog>();
  #guests = 0;

  constructor(readonly clock: TimerClock) {
    const server = this;
    this.WebSocket = class extends FakeSocket {
      constructor(url: string, protocols?: string[]) {
        super(url, protocols, server);
        server.sockets.push(this);
      }
    } as unknown as WebSocketConstructor;
  }

  readonly fetch = async (_url: string): Promise<void> => {
    if (this.isGone) throw new TypeError('Failed to fetch');
  };

  get open(): FakeSocket[] {
    return this.sockets.filter(({ isOpen, isClosed }) => isOpen && !isClosed);
  }

  /** The one open connection. */
  get socket(): FakeSocket {
    const [only, ...more] = this.open;
    if (!only || more.length) throw new Error(`${this.open.length} connections are open`);
    return only;
  }

  wire(deliver: () => unknown): void {
    this.clock.setTimeout(deliver, this.latencyMs());
  }

  log(room: string): FakeLog {
    const log = this.#logs.get(room) ?? new FakeLog(room);
    this.#logs.set(room, log);
    return log;
  }

  frames(action: string): Frame[] {
    return this.sockets.flatMap(({ sent }) => sent.filter((frame) => frame.action === action));
  }

  /** Another client publishes. */
  publish(room: string, data: unknown, from = 'another', key?: string): Cursor & { repeated: boolean } {
    const log = this.log(room);
    const { entry, repeated } = log.append(from, data, key);
    this.push(room, { type: 'message', room, epoch: log.epoch, ...entry });
    return { epoch: log.epoch, offset: entry.offset, repeated };
  }

  push(room: string, frame: Frame): void {
    for (const socket of this.open)
      if (socket.rooms.has(room) && this.delivers(frame, socket)) socket.push(frame);
  }

  connecting(socket: FakeSocket): boolean {
    if (this.isRefusing) return false;
    const bearer = socket.protocols?.find((protocol) => protocol.startsWith(BEARER_PREFIX));
    const named = new URL(socket.url).searchParams.get('userId');
    socket.userId = bearer?.slice(BEARER_PREFIX.length).split('~')[0] ?? named ?? `guest-${++this.#guests}`;
    socket.rooms.add('*').add(`@${socket.userId}`);
    return true;
  }

  received(socket: FakeSocket, frame: Frame): void {
    const special = this.answer(frame, socket);
    if (special === null || frame.action === 'keepalive') return;
    if (special === undefined && frame.action === 'signal') {
      this.#signal(socket, frame);
      return;
    }
    let reply: Frame;
    try {
      reply = special ?? { type: 'ack', ...this.#replies.reply(socket, frame) };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      reply = { type: 'error', code: error.code, message: error.code, retryable: false };
    }
    socket.push({ ...reply, id: frame.id ?? null } as Frame);
  }

  #signal(socket: FakeSocket, { action: _, room, to, ...signal }: Frame): void {
    const name = String(room ?? `@${to}`);
    for (const other of this.open)
      if (other !== socket && other.rooms.has(name))
        other.push({ type: 'signal', room: name, from: socket.userId, ...signal });
  }

  gone(socket: FakeSocket): void {
    for (const room of socket.rooms) this.#replies.leave(socket, room);
  }

  members(room: string): string[] {
    return [...new Set(this.open.filter(({ rooms }) => rooms.has(room)).map(({ userId }) => userId))];
  }
}
