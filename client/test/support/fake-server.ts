import type { Cursor, RoomCursor } from '../../../protocol/cursor.js';
import { ERRORS, type ErrorCode } from '../../../protocol/errors.js';
import { LIMITS, ROOMS_PER_CONNECTION, ROOMS_PER_FRAME } from '../../../protocol/limits.js';
import type { UserState } from '../../../protocol/member-state.js';
import { ROOM_NAME } from '../../../protocol/names.js';
import { BEARER_PREFIX } from '../../../protocol/subprotocols.js';
import type { WebSocketConstructor } from '../../src/options/web-socket.js';
import { FakeLog } from './fake-log.js';
import { FakeSocket, type Frame } from './fake-socket.js';
import type { TimerClock } from './timer-clock.js';

class Refused extends Error {
  constructor(readonly code: ErrorCode) {
    super(code);
  }
}

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
      reply = special ?? { type: 'ack', ...this.#reply(socket, frame) };
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
    for (const room of socket.rooms) this.#leave(socket, room);
  }

  #reply(socket: FakeSocket, frame: Frame): object {
    const room = String(frame.room);
    const publish = (to: string) => {
      const { epoch, offset, repeated } = this.publish(
        to,
        frame.data,
        socket.userId,
        frame.key as string | undefined,
      );
      return { room: to, epoch, offset, ...(repeated && { repeated }) };
    };
    switch (frame.action) {
      case 'broadcast':
        return publish('*');
      case 'send':
        return publish(`@${frame.to}`);
      case 'publish':
        this.#mustBeIn(socket, room);
        return publish(room);
      case 'join':
        if (!ROOM_NAME.test(room)) throw new Refused('invalid_room');
        return {
          ...this.#join(socket, room, frame.since as Cursor | undefined, frame.last as number | undefined),
          ...this.#listed(socket, room, frame),
        };
      case 'leave':
        this.#leave(socket, room);
        return { room };
      case 'state':
        this.#mustBeIn(socket, room);
        this.#listed(socket, room, frame);
        return { room };
      case 'presence':
        this.#mustBeIn(socket, room);
        return { room, ...this.#listed(socket, room, {}) };
      case 'history':
        this.#mustBeIn(socket, room);
        return this.#history(room, frame);
      case 'ping': {
        const rooms = (frame.rooms ?? []) as string[];
        for (const one of rooms) this.#mustBeIn(socket, one);
        return { heads: Object.fromEntries(rooms.map((one) => [one, this.log(one).head])) };
      }
      case 'refresh':
        return { expiresAt: this.clock.now() + 3_600_000 };
      case 'hello':
        return this.#hello(socket, (frame.resume ?? []) as RoomCursor[]);
      default:
        throw new Refused('unknown_action');
    }
  }

  members(room: string): string[] {
    return [...new Set(this.open.filter(({ rooms }) => rooms.has(room)).map(({ userId }) => userId))];
  }

  #listed(socket: FakeSocket, room: string, { state, counter }: Frame) {
    const states = this.states.get(room) ?? [];
    const mine = states.find(({ user }) => user === socket.userId);
    if (state !== undefined && (counter as number) > (mine?.counter ?? 0)) {
      const said = { user: socket.userId, state, counter: counter as number };
      this.states.set(room, [...states.filter((one) => one !== mine), said]);
    }
    const shown = this.states.get(room) ?? [];
    return { members: this.members(room), ...(shown.length > 0 && { states: shown }) };
  }

  #hello(socket: FakeSocket, resume: RoomCursor[]): object {
    if (resume.length > ROOMS_PER_FRAME) throw new Refused('invalid_message');
    const asked = resume.map(({ room, ...since }) => {
      try {
        return this.#join(socket, room, since);
      } catch (error) {
        const { code } = error as Refused;
        return { room, error: { code, message: 'no', retryable: ERRORS[code].retryable } };
      }
    });
    const unasked = ['*', `@${socket.userId}`].filter((room) => !resume.some((one) => one.room === room));
    const rooms = [...asked, ...unasked.map((room) => this.log(room).after(undefined, 0))];
    return {
      connectionId: `c-${this.sockets.indexOf(socket)}`,
      userId: socket.userId,
      limits: LIMITS,
      rooms,
    };
  }

  #history(room: string, { since, before, limit = 50 }: Frame): object {
    const most = Math.min(limit as number, this.pageSize);
    return since
      ? this.log(room).after(since as Cursor, most)
      : this.log(room).before(before as Cursor | undefined, most);
  }

  #join(socket: FakeSocket, room: string, since: Cursor | undefined, last?: number) {
    const own = room === '*' || room === `@${socket.userId}`;
    if (!own && !this.admits(socket.userId, room)) throw new Refused('forbidden');
    if (!own && !socket.rooms.has(room) && socket.rooms.size >= this.maxRooms + 2)
      throw new Refused('room_limit');
    if (!this.members(room).includes(socket.userId)) this.presence.push(`${socket.userId} joined ${room}`);
    socket.rooms.add(room);
    if (!last) return this.log(room).after(since, this.pageSize);
    const { epoch, offset } = this.log(room).head;
    const start = { epoch, offset: Math.max(0, offset - last) };
    return { ...this.log(room).after(start, this.pageSize), start };
  }

  #leave(socket: FakeSocket, room: string): void {
    const wasIn = socket.rooms.delete(room);
    if (wasIn && !this.members(room).includes(socket.userId))
      this.presence.push(`${socket.userId} left ${room}`);
  }

  #mustBeIn(socket: FakeSocket, room: string): void {
    if (!socket.rooms.has(room)) throw new Refused('not_a_member');
  }
}
