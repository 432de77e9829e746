import { checkDisconnected } from '../checks/check-disconnected.js';
import { checkPage, type Page } from '../checks/check-page.js';
import { checkRefusal } from '../checks/check-refusal.js';
import type { Connection } from './connection.js';
import { type Frame, targetOf } from './frame.js';
import type { Invocation } from './instances/invocation.js';
import { placeOf, type Stay } from './ledger.js';
import type { World } from './world.js';

interface Reply extends Page {
  type: string;
  code?: string;
  rooms?: (Page & { error?: object })[];
}

/** Listens at the gateway to what clients ask and are told, and to what is pushed at them: promises, and isolation. */
export class Conversations {
  /** By connection and room: when it was last left for certain; undefined while it may be a member. */
  readonly #mayBeIn = new Map<string, number | undefined>();
  #lastFrame = '';
  #lastPlaces: { room: string; places: string[]; type: string } = { room: '', places: [], type: '' };

  constructor(private readonly world: World) {}

  /** Returns the stay in the room that the frame is about, for when it is answered. */
  asked({ id, userId }: Connection, body: string): Stay | undefined {
    const frame = JSON.parse(body) as Frame;
    const { action, room = '', resume = [], key, data } = frame;
    const { ledger } = this.world;
    ledger.count(action);
    if (key !== undefined) {
      ledger.asked.push({ room: targetOf(frame), from: userId, key, data: JSON.stringify(data) });
    }
    if (action === 'leave') this.#endStays(id, room);
    if (action === 'refresh') this.world.sessions.renewalBegins(id);
    if (action === 'join') this.#mayBeIn.set(`${id} ${room}`, undefined);
    if (action === 'hello') for (const { room: one } of resume) this.#mayBeIn.set(`${id} ${one}`, undefined);
    return ledger.openStay(id, room);
  }

  answered(
    connection: Connection,
    body: string,
    answer: string,
    invocation: Invocation,
    stay: Stay | undefined,
  ): void {
    const { ledger, scheduler, sessions } = this.world;
    const frame = JSON.parse(body) as Frame;
    const reply = JSON.parse(answer) as Reply;
    if (frame.action === 'refresh') this.#renewed(connection.id, frame, reply, invocation);
    if (reply.type === 'error') {
      checkRefusal(this.world, connection, frame, reply.code ?? '', invocation, stay);
      return;
    }
    const { id, userId } = connection;
    this.#checkReader(connection, frame, answer);
    if (sessions.isKickedBy(id, invocation.startedAt))
      ledger.violate('kicks', `${id} had been kicked, asked ${body} and got ${answer}`);
    switch (frame.action) {
      case 'broadcast':
      case 'send':
      case 'publish': {
        const { room, epoch, offset } = reply;
        ledger.acks.push({
          room,
          epoch,
          offset,
          from: userId,
          key: frame.key,
          data: JSON.stringify(frame.data),
          invocation,
        });
        break;
      }
      case 'leave':
        this.#mayBeIn.set(`${id} ${frame.room}`, scheduler.now);
        break;
      case 'join':
        checkPage(this.world, frame.since, reply);
        this.#stay(connection, reply);
        break;
      case 'history':
        checkPage(this.world, frame.since, reply);
        break;
      case 'hello':
        for (const page of reply.rooms ?? []) {
          if (page.error) continue;
          checkPage(
            this.world,
            frame.resume?.find(({ room }) => room === page.room),
            page,
          );
          this.#stay(connection, page);
        }
    }
  }

  pushed(connectionId: string, text: string, invokedAt: number): void {
    const { ledger, scheduler, gateway } = this.world;
    if (text !== this.#lastFrame) {
      const { type, room, epoch, offset, items } = JSON.parse(text);
      const offsets: number[] =
        type === 'messages'
          ? items.map((item: { offset: number }) => item.offset)
          : type === 'message'
            ? [offset]
            : [];
      this.#lastFrame = text;
      this.#lastPlaces = { room, type, places: offsets.map((one) => placeOf(room, epoch, one)) };
    }
    const { room, places } = this.#lastPlaces;
    this.world.trace(() => `push to ${connectionId}: ${text}`);
    for (const place of places) ledger.attempted(place, connectionId, scheduler.now);

    const connection = gateway.connections.get(connectionId);
    if (!connection || room === undefined || room === '*') return;
    if (room.startsWith('@')) {
      if (room !== `@${connection.userId}`)
        ledger.violate('isolation', `${connectionId} got ${text} of another's inbox`);
      return;
    }
    const stay = `${connectionId} ${room}`;
    if (!this.#mayBeIn.has(stay))
      ledger.violate('isolation', `${connectionId} was never in ${room} and got ${text}`);
    const leftAt = this.#mayBeIn.get(stay);
    if (leftAt !== undefined && invokedAt > leftAt) {
      ledger.violate('isolation', `${connectionId} had left ${room} at ${leftAt} and got ${text}`);
    }
  }

  ended(connectionId: string): void {
    this.#endStays(connectionId);
  }

  disconnected(connection: Connection, invocation: Invocation): void {
    if (invocation.faults.length === 0) this.world.ledger.watch(checkDisconnected(this.world, connection));
  }

  #renewed(id: string, { token = '' }: Frame, { type }: Reply, { faults }: Invocation): void {
    const isWhole = type === 'ack' && faults.length === 0;
    this.world.sessions.renewalEnds(id, isWhole ? JSON.parse(token).sees : undefined);
  }

  #stay({ id, userId, state }: Connection, { room, epoch, offset }: Page): void {
    const { ledger, sessions } = this.world;
    if (state !== 'open' || sessions.mayBeKicked(id) || ledger.openStay(id, room)) return;
    const since = this.world.scheduler.now;
    const stay = { connectionId: id, userId, room, epoch, offset, since, until: Number.POSITIVE_INFINITY };
    ledger.stays.set(id, [...(ledger.stays.get(id) ?? []), stay]);
  }

  #endStays(connectionId: string, room?: string): void {
    const { ledger, scheduler } = this.world;
    for (const stay of ledger.stays.get(connectionId) ?? []) {
      if (room === undefined || stay.room === room) stay.until = Math.min(stay.until, scheduler.now);
    }
  }

  /** No client is answered about a room that it never asked to enter. */
  #checkReader({ id, userId }: Connection, { action, room = '' }: Frame, answer: string): void {
    if (!['publish', 'history', 'presence'].includes(action)) return;
    if (room === '*' || room === `@${userId}` || this.#mayBeIn.has(`${id} ${room}`)) return;
    this.world.ledger.violate('isolation', `${id} is not in ${room} and was told ${answer}`);
  }
}
