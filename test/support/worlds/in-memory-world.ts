import { InMemoryPieceQueue } from '../../../src/adapters/in-memory/piece-queue.js';
import { SystemRandom } from '../../../src/adapters/system/system-random.js';
import type { Caller } from '../../../src/domain/access/caller.js';
import { ALL_PERMISSIONS, formatPermissions } from '../../../src/domain/access/permissions.js';
import { JsonText } from '../../../src/domain/json/json-text.js';
import { writeJson } from '../../../src/domain/json/write-json.js';
import type { Publication } from '../../../src/domain/publications/publication.js';
import type { Application } from '../../../src/entry/application.js';
import { authorization } from '../../../src/entry/bindings/authorization.js';
import { limits } from '../../../src/entry/bindings/limits.js';
import { inMemory } from '../../../src/entry/bindings/stores/in-memory.js';
import { createApplication } from '../../../src/entry/container.js';
import { readSettings } from '../../../src/entry/settings.js';
import { VirtualClock } from '../time/virtual-clock.js';
import { InMemoryClients } from './in-memory-clients.js';

const OPENING_MS = 10_000;

/** The whole system in memory, on a clock that stands still. */
export class InMemoryWorld {
  readonly clock = new VirtualClock();
  readonly clients = new InMemoryClients();
  /** Publications that were handed to the stream. */
  readonly streamed: Publication[] = [];
  readonly pieces = new InMemoryPieceQueue(this.clock);
  readonly app: Application;
  #requests = 0;

  constructor(
    inlineLimit = 100,
    environment: Record<string, string> = {},
    cutting: { pieceMembers?: number } = {},
  ) {
    const settings = readSettings({
      AUTH_MODE: 'guest',
      RATE_LIMIT: 'off',
      OPENING_MS: String(OPENING_MS),
      FAN_OUT_INLINE_LIMIT: String(inlineLimit),
      ...environment,
    });
    this.app = createApplication(
      inMemory({
        clients: this.clients,
        clock: this.clock,
        random: new SystemRandom(),
        settings,
        pieces: this.pieces,
        onHandover: (publication) => this.streamed.push(publication),
      }),
      authorization(settings),
      limits(settings, cutting),
    );
  }

  caller(userId: string, connectionId = `${userId}=`): Caller {
    const requestId = `request-${this.#requests++}`;
    const permissions = formatPermissions(ALL_PERMISSIONS);
    const connectedAt = this.clock.now();
    return { connectionId, userId, connectedAt, requestId, permissions, granted: ALL_PERMISSIONS };
  }

  /** Opens a connection, and waits until it no longer counts as opening. */
  async connect(userId: string, connectionId?: string): Promise<Caller> {
    const caller = this.caller(userId, connectionId);
    this.clients.open(caller.connectionId);
    await this.app.connect.execute(caller);
    this.clock.advance(OPENING_MS);
    return caller;
  }

  async join(room: string, ...callers: Caller[]): Promise<void> {
    for (const caller of callers) {
      await this.app.joinRoom.execute(caller, { action: 'join', room });
      this.clock.advance(1);
    }
  }

  async publish(caller: Caller, room: string, data: unknown, key?: string) {
    const message = {
      action: 'publish' as const,
      room,
      data: JsonText.of(data),
      ...(key !== undefined && { key }),
    };
    return this.app.publishToRoom.execute(caller, message);
  }

  async broadcast(caller: Caller, data: unknown) {
    return this.app.broadcast.execute(caller, { action: 'broadcast', data: JsonText.of(data) });
  }

  async send(caller: Caller, to: string, data: unknown) {
    return this.app.sendDirectMessage.execute(caller, { action: 'send', to, data: JsonText.of(data) });
  }

  async presence(caller: Caller, room: string) {
    return this.app.readPresence.execute(caller, { action: 'presence', room });
  }

  async history(caller: Caller, room: string, rest: object = {}) {
    return asSent(await this.app.readHistory.execute(caller, { action: 'history', room, ...rest }));
  }

  /** The frames of one type, or all, that a connection received since the last call. */
  received(caller: Caller, type?: string): Record<string, unknown>[] {
    const frames = this.clients.take(caller.connectionId);
    return type === undefined ? frames : frames.filter((frame) => frame.type === type);
  }
}

/** A reply as its client reads it. */
export const asSent = <Reply extends object>(reply: Reply): Reply => JSON.parse(writeJson(reply));
