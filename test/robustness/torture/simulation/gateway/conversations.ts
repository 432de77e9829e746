import { checkDisconnected } from '../../checks/check-disconnected.js';
import { type CheckedPage, checkPage } from '../../checks/check-page.js';
import { checkRefusal } from '../../checks/check-refusal.js';
import { checkSignal, checkStates, type PushedSignal } from '../../checks/check-states-and-signals.js';
import type { Invocation } from '../instances/invocation.js';
import { placeOf, type Stay } from '../records/ledger.js';
import { MembershipTracker } from '../records/membership-tracker.js';
import type { ShownState } from '../records/states-and-signals.js';
import type { SimulatedWorld } from '../simulated-world.js';
import { type ClientFrame, targetOf } from './client-frame.js';
import type { SimulatedConnection } from './simulated-connection.js';

interface Reply extends CheckedPage {
  type: string;
  code?: string;
  rooms?: (CheckedPage & { error?: object })[];
  states?: ShownState[];
}

interface Pushed {
  type: string;
  room?: string;
  epoch?: string;
  offset?: number;
  items?: { offset: number }[];
  states?: ShownState[];
}

/** Records at the gateway what clients ask, are answered and are pushed, and checks isolation. */
export class Conversations {
  readonly #memberships: MembershipTracker;
  #lastText = '';
  #last: Pushed & { places: string[] } = { type: '', places: [] };

  constructor(private readonly world: SimulatedWorld) {
    this.#memberships = new MembershipTracker(world);
  }

  /** Returns the stay in the frame's room, for its answer. */
  asked({ id, userId }: SimulatedConnection, body: string): Stay | undefined {
    const frame = JSON.parse(body) as ClientFrame;
    const { action, room = '', resume = [], key, data } = frame;
    const { ledger } = this.world;
    ledger.count(action);
    if (key !== undefined) {
      ledger.asked.push({ room: targetOf(frame), from: userId, key, data: JSON.stringify(data) });
    }
    if (action === 'leave') this.#endStays(id, room);
    if (action === 'refresh') this.world.sessions.renewalBegins(id);
    if (action === 'join') this.#memberships.enters(id, room);
    if (action === 'hello') for (const { room: one } of resume) this.#memberships.enters(id, one);
    this.world.statesAndSignals.record(id, userId, frame);
    return ledger.openStay(id, room);
  }

  answered(
    connection: SimulatedConnection,
    body: string,
    answer: string,
    invocation: Invocation,
    stay: Stay | undefined,
  ): void {
    const { ledger, sessions } = this.world;
    const frame = JSON.parse(body) as ClientFrame;
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
    if (reply.states) checkStates(this.world, reply.room, reply.states, invocation.startedAt);
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
        this.#memberships.left(id, frame.room ?? '');
        break;
      case 'join':
        checkPage(this.world, frame.since, reply);
        this.#stay(connection, reply, invocation);
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
          this.#stay(connection, page, invocation);
        }
    }
  }

  pushed(connectionId: string, text: string, invokedAt: number): void {
    const { ledger, scheduler, gateway } = this.world;
    if (text !== this.#lastText) {
      const frame = JSON.parse(text) as Pushed;
      const { type, room = '', epoch = '', offset = 0, items = [] } = frame;
      const offsets =
        type === 'messages' ? items.map((item) => item.offset) : type === 'message' ? [offset] : [];
      this.#lastText = text;
      this.#last = { ...frame, places: offsets.map((one) => placeOf(room, epoch, one)) };
    }
    const { type, room, places, states = [] } = this.#last;
    this.world.trace(() => `push to ${connectionId}: ${text}`);
    for (const place of places) ledger.attempted(place, connectionId, scheduler.now);
    if (room === undefined) return;
    checkStates(this.world, room, states, invokedAt);
    if (type === 'signal') this.#checkSignal(connectionId, this.#last as unknown as PushedSignal, invokedAt);

    const connection = gateway.connections.get(connectionId);
    if (connection && room !== '*') this.#memberships.checkPush(connection, room, text, invokedAt);
  }

  removing(connections: readonly SimulatedConnection[], room: string): () => void {
    for (const { id } of connections) this.#endStays(id, room);
    return this.#memberships.removing(connections, room);
  }

  ended(connectionId: string): void {
    this.#endStays(connectionId);
  }

  disconnected(connection: SimulatedConnection, invocation: Invocation): void {
    if (invocation.faults.length === 0) this.world.ledger.watch(checkDisconnected(this.world, connection));
  }

  #checkSignal(connectionId: string, signal: PushedSignal, invokedAt: number): void {
    const { statesAndSignals, ledger, sessions } = this.world;
    checkSignal(this.world, connectionId, signal);
    const { connectionId: sender = '' } = statesAndSignals.signalOf(signal) ?? {};
    const wrong = (why: string) =>
      ledger.violate('signals', `${sender} ${why}, and signalled ${JSON.stringify(signal)}`);
    if (this.#memberships.hadLeft(sender, signal.room, invokedAt)) wrong(`had left ${signal.room}`);
    if (sessions.isKickedBy(sender, invokedAt)) wrong('had been kicked');
  }

  #renewed(id: string, { token = '' }: ClientFrame, { type }: Reply, { faults }: Invocation): void {
    const isWhole = type === 'ack' && faults.length === 0;
    this.world.sessions.renewalEnds(id, isWhole ? JSON.parse(token).sees : undefined);
  }

  #stay(
    { id, userId, state }: SimulatedConnection,
    { room, epoch, offset }: CheckedPage,
    { startedAt }: Invocation,
  ): void {
    const { ledger, sessions, removals } = this.world;
    if (state !== 'open' || sessions.mayBeKicked(id) || ledger.openStay(id, room)) return;
    if (removals.mayUndo(userId, room, startedAt)) return;
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

  /** No client gets an answer about a room that it never asked to enter. */
  #checkReader(
    { id, userId }: SimulatedConnection,
    { action, room = '' }: ClientFrame,
    answer: string,
  ): void {
    if (!['publish', 'history', 'presence'].includes(action)) return;
    if (room === '*' || room === `@${userId}` || this.#memberships.wasEverIn(id, room)) return;
    this.world.ledger.violate('isolation', `${id} is not in ${room} and was told ${answer}`);
  }
}
