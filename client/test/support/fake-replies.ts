import type { Cursor, RoomCursor } from '../../../protocol/cursor.js';
import { ERRORS } from '../../../protocol/errors.js';
import { LIMITS, ROOMS_PER_FRAME } from '../../../protocol/limits.js';
import { ROOM_NAME } from '../../../protocol/names.js';
import type { FakeServer } from './fake-server.js';
import type { FakeSocket, Frame } from './fake-socket.js';
import { Refused } from './refused.js';

/** A server's reply by the protocol. */
export class FakeReplies {
  constructor(private readonly server: FakeServer) {}

  reply(socket: FakeSocket, frame: Frame): object {
    const room = String(frame.room);
    const publish = (to: string) => {
      const { epoch, offset, repeated } = this.server.publish(
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
        this.leave(socket, room);
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
        return { heads: Object.fromEntries(rooms.map((one) => [one, this.server.log(one).head])) };
      }
      case 'refresh':
        return { expiresAt: this.server.clock.now() + 3_600_000 };
      case 'hello':
        return this.#hello(socket, (frame.resume ?? []) as RoomCursor[]);
      default:
        throw new Refused('unknown_action');
    }
  }

  #listed(socket: FakeSocket, room: string, { state, counter }: Frame) {
    const states = this.server.states.get(room) ?? [];
    const mine = states.find(({ user }) => user === socket.userId);
    if (state !== undefined && (counter as number) > (mine?.counter ?? 0)) {
      const said = { user: socket.userId, state, counter: counter as number };
      this.server.states.set(room, [...states.filter((one) => one !== mine), said]);
    }
    const shown = this.server.states.get(room) ?? [];
    return { members: this.server.members(room), ...(shown.length > 0 && { states: shown }) };
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
    const rooms = [...asked, ...unasked.map((room) => this.server.log(room).after(undefined, 0))];
    return {
      connectionId: `c-${this.server.sockets.indexOf(socket)}`,
      userId: socket.userId,
      limits: LIMITS,
      rooms,
    };
  }

  #history(room: string, { since, before, limit = 50 }: Frame): object {
    const most = Math.min(limit as number, this.server.pageSize);
    return since
      ? this.server.log(room).after(since as Cursor, most)
      : this.server.log(room).before(before as Cursor | undefined, most);
  }

  #join(socket: FakeSocket, room: string, since: Cursor | undefined, last?: number) {
    const own = room === '*' || room === `@${socket.userId}`;
    if (!own && !this.server.admits(socket.userId, room)) throw new Refused('forbidden');
    if (!own && !socket.rooms.has(room) && socket.rooms.size >= this.server.maxRooms + 2)
      throw new Refused('room_limit');
    if (!this.server.members(room).includes(socket.userId))
      this.server.presence.push(`${socket.userId} joined ${room}`);
    socket.rooms.add(room);
    if (!last) return this.server.log(room).after(since, this.server.pageSize);
    const { epoch, offset } = this.server.log(room).head;
    const start = { epoch, offset: Math.max(0, offset - last) };
    return { ...this.server.log(room).after(start, this.server.pageSize), start };
  }

  leave(socket: FakeSocket, room: string): void {
    const wasIn = socket.rooms.delete(room);
    if (wasIn && !this.server.members(room).includes(socket.userId))
      this.server.presence.push(`${socket.userId} left ${room}`);
  }

  #mustBeIn(socket: FakeSocket, room: string): void {
    if (!socket.rooms.has(room)) throw new Refused('not_a_member');
  }
}
