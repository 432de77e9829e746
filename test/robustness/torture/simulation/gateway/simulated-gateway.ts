import { FRAME_BYTES } from '../../../../../protocol/limits.js';
import { SimulatedSocket } from '../aws/simulated-socket.js';
import { requestContextOf } from '../instances/request-context.js';
import type { SeededRandom } from '../seeded-random.js';
import type { SimulatedWorld } from '../simulated-world.js';
import { Conversations } from './conversations.js';
import type { SimulatedConnection } from './simulated-connection.js';

/** API Gateway, and the network in front of it. */
export class SimulatedGateway {
  readonly connections = new Map<string, SimulatedConnection>();
  readonly #random: SeededRandom;
  readonly #conversations: Conversations;
  /** Events that are on their way or being worked on. */
  busy = 0;

  constructor(private readonly world: SimulatedWorld) {
    this.#random = world.random.fork('gateway');
    this.#conversations = new Conversations(world);
  }

  /** The sockets of one device. */
  socketsOf(device: string): new (url: string) => SimulatedSocket {
    const gateway = this;
    return class extends SimulatedSocket {
      constructor(url: string) {
        super(gateway, url, device);
      }
    };
  }

  accept(socket: SimulatedSocket, userId: string, device: string): string {
    const { scheduler, random } = this.world;
    const id = `${device}x${this.connections.size}${random.id(4)}=`;
    const connectedAt = scheduler.now;
    const connection: SimulatedConnection = {
      id,
      userId,
      device,
      connectedAt,
      socket,
      connectMs: 0,
      state: 'opening',
      cut: false,
      busy: 0,
    };
    this.connections.set(id, connection);
    this.world.sessions.opens(userId, id);
    this.world.ledger.watch(this.#connect(connection));
    return id;
  }

  async #connect(connection: SimulatedConnection): Promise<void> {
    const { scheduler } = this.world;
    const { result } = await this.#event(connection, 'CONNECT', '$connect', this.#random.between(1, 30));
    connection.connectMs = scheduler.now - connection.connectedAt;
    if (result?.statusCode !== 200) {
      this.#end(connection, 1006);
      return;
    }
    if (connection.state !== 'opening') return;
    connection.state = 'open';
    this.world.trace(() => `${connection.id} is open`);
    scheduler.after(this.#random.between(1, 30), () => connection.socket.opened());
  }

  /** A frame from the client. Frames of one socket are handled concurrently. */
  receive(id: string, body: string): void {
    const connection = this.#get(id);
    if (connection.cut) return;
    this.world.ledger.watch(this.#message(connection, body));
  }

  async #message(connection: SimulatedConnection, body: string): Promise<void> {
    const stay = this.#conversations.asked(connection, body);
    const { action } = JSON.parse(body);
    const { result, invocation } = await this.#event(
      connection,
      'MESSAGE',
      action,
      this.#random.between(1, 30),
      body,
    );
    if (action === 'signal') return;
    if (result) this.#conversations.answered(connection, body, result.body ?? '', invocation, stay);
    if (result?.body !== undefined) this.#toClient(connection, result.body);
    else if (this.#random.chance(0.5)) this.#toClient(connection, '{"message":"Internal server error"}');
  }

  /** The client closes. */
  closing(id: string): void {
    const connection = this.#get(id);
    if (connection.cut || connection.state === 'closed') return;
    this.world.scheduler.after(this.#random.between(1, 30), () => this.#end(connection, 1000));
  }

  /** The network is cut: each side notices by itself, in its own time. */
  cut(id: string, clientNoticesMs: number, gatewayNoticesMs: number): void {
    const connection = this.#get(id);
    if (connection.state === 'closed' || connection.cut) return;
    connection.cut = true;
    this.world.trace(() => `${id} is cut off`);
    this.world.scheduler.after(clientNoticesMs, () => connection.socket.ended(1006));
    this.world.scheduler.after(gatewayNoticesMs, () => this.#end(connection, 1006));
  }

  /** The gateway closes, as it does when a connection gets too old. */
  hangUp(id: string): void {
    this.#end(this.#get(id), 1001);
  }

  /** From now on they may be in no room. */
  leaving(ids: readonly string[]): void {
    for (const id of ids) this.#conversations.ended(id);
  }

  /** Call the returned function when they have left for certain, unless they asked to enter again meanwhile. */
  removing(connections: readonly SimulatedConnection[], room: string): () => void {
    return this.#conversations.removing(connections, room);
  }

  /** The newest connection of a device. */
  currentOf(device: string): SimulatedConnection | undefined {
    return [...this.connections.values()].findLast((connection) => connection.device === device);
  }

  /** A frame is sent to a connection, which may not exist. */
  pushed(id: string, frame: string, invokedAt: number): void {
    this.#conversations.pushed(id, frame, invokedAt);
  }

  isOpen(id: string): boolean {
    return this.connections.get(id)?.state === 'open';
  }

  deliver(id: string, frame: string): void {
    this.#toClient(this.#get(id), frame);
  }

  #toClient(connection: SimulatedConnection, text: string): void {
    if (Buffer.byteLength(text) > FRAME_BYTES) {
      this.world.ledger.violate('bounds', `${connection.id} got ${Buffer.byteLength(text)} bytes: ${text}`);
    }
    this.world.scheduler.after(this.#random.between(1, 40), () => {
      if (connection.state === 'open' && !connection.cut) connection.socket.receive(text);
    });
  }

  #end(connection: SimulatedConnection, code: number): void {
    if (connection.state === 'closed') return;
    const wasOpen = connection.state === 'open';
    connection.state = 'closed';
    this.world.trace(() => `${connection.id} is closed`);
    this.#conversations.ended(connection.id);
    if (!connection.cut) connection.socket.ended(code);
    const { faults } = this.world;
    const random = this.#random;
    if (!wasOpen || random.chance(faults.disconnectLost)) return;
    const times = random.chance(faults.disconnectTwice) ? 2 : 1;
    for (let time = 0; time < times; time += 1) {
      const longest = random.chance(faults.disconnectLate) ? 20_000 : 200;
      this.world.ledger.watch(this.#disconnect(connection, random.between(0, longest)));
    }
  }

  async #disconnect(connection: SimulatedConnection, delayMs: number): Promise<void> {
    const { result, invocation } = await this.#event(connection, 'DISCONNECT', '$disconnect', delayMs);
    if (result?.statusCode === 200) this.#conversations.disconnected(connection, invocation);
  }

  async #event(
    connection: SimulatedConnection,
    eventType: string,
    routeKey: string,
    delayMs: number,
    body?: string,
  ) {
    const { scheduler, fleet, random, settings } = this.world;
    this.busy += 1;
    connection.busy += 1;
    await scheduler.sleep(delayMs);
    const requestId = random.id(12);
    this.world.trace(() => `${connection.id} ${requestId} ${routeKey} ${body ?? ''}`);
    const context = requestContextOf(connection, { eventType, routeKey, requestId }, settings.operated);
    const event = { requestContext: context, ...(body !== undefined && { body }) };
    const outcome = await fleet.route(event, connection.id, routeKey);
    this.world.trace(() => `${connection.id} ${requestId} -> ${JSON.stringify(outcome.result) ?? 'died'}`);
    this.busy -= 1;
    connection.busy -= 1;
    return outcome;
  }

  #get(id: string): SimulatedConnection {
    const connection = this.connections.get(id);
    if (!connection) throw new Error(`There never was a connection ${id}`);
    return connection;
  }
}
