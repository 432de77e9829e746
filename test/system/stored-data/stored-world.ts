import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { authorization } from '../../../src/entry/bindings/authorization.js';
import { limits } from '../../../src/entry/bindings/limits.js';
import { onDynamoDB } from '../../../src/entry/bindings/stores/on-dynamodb.js';
import { withoutQueue } from '../../../src/entry/bindings/stores/without-queue.js';
import { createApplication } from '../../../src/entry/container.js';
import { EventLog } from '../../../src/entry/event-log.js';
import { createRouter } from '../../../src/entry/lambda/handlers/create-router.js';
import { ANY_ACCESS } from '../../../src/entry/local/settings/access.js';
import { localDefaults } from '../../../src/entry/local/settings/local-defaults.js';
import { openStorage, type Storage } from '../../../src/entry/local/storage/storage.js';
import { readSettings } from '../../../src/entry/settings.js';
import { VirtualClock } from '../../support/time/virtual-clock.js';
import { OpenSockets, type PushedFrame } from './open-sockets.js';
import { FOLDER, readWritten, type StoredConnection } from './written.js';

/** The present program on a copy of the stored folder, at a chosen time. */
export class StoredWorld {
  #requests = 0;

  private constructor(
    private readonly clock: VirtualClock,
    private readonly folder: string,
    private readonly sockets: OpenSockets,
    private readonly storage: Storage,
    private readonly router: ReturnType<typeof createRouter>,
  ) {}

  static async open(now: number): Promise<StoredWorld> {
    const folder = mkdtempSync(join(tmpdir(), 'switchboard-stored-'));
    cpSync(FOLDER, folder, { recursive: true });
    const sockets = new OpenSockets();
    const env = { AUTH_MODE: 'jwt', AUTH_SINGLE_USE: 'true', LOG_LEVEL: 'silent' };
    const defaults = readSettings({ ...localDefaults(env), ...env, CALLBACK_URL: await sockets.listen() });
    const storage = await openStorage(defaults, folder, new EventLog('silent'));
    const settings = { ...defaults, DYNAMODB_ENDPOINT: storage.endpoint };
    const clock = new VirtualClock(now);
    const adapters = onDynamoDB(settings, { database: storage.access, callbacks: ANY_ACCESS, clock });
    const application = createApplication(
      adapters,
      withoutQueue(),
      authorization(settings),
      limits(settings),
    );
    const router = createRouter(application, new EventLog('silent'));
    return new StoredWorld(clock, folder, sockets, storage, router);
  }

  /** A new connection of a guest. */
  async connect(userId: string): Promise<StoredConnection> {
    const connectionId = `New${(this.#requests + 1).toString().padStart(12, '0')}=`;
    const authorizer = { ...readWritten().open.alice.authorizer, principalId: userId, userId };
    const connection = { connectionId, userId, rooms: [], authorizer };
    const { statusCode } = await this.#invoke('CONNECT', '$connect', connection);
    if (statusCode !== 200) throw new Error(`$connect was answered with ${statusCode}`);
    return connection;
  }

  /** The reply to one frame. */
  async ask(connection: StoredConnection, action: string, fields: object = {}): Promise<PushedFrame> {
    const frame = JSON.stringify({ action, ...fields });
    const { body = '' } = await this.#invoke('MESSAGE', action, connection, frame);
    return JSON.parse(body);
  }

  pushed({ connectionId }: StoredConnection): PushedFrame[] {
    return this.sockets.to(connectionId);
  }

  cut({ connectionId }: StoredConnection): void {
    this.sockets.cut(connectionId);
  }

  async close(): Promise<void> {
    await this.storage.stop();
    await this.sockets.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #invoke(eventType: string, routeKey: string, connection: StoredConnection, body?: string) {
    const { connectionId, authorizer } = connection;
    this.#requests += 1;
    const requestId = `request-${this.#requests}`;
    const connectedAt = this.clock.now();
    const requestContext = { eventType, routeKey, connectionId, requestId, connectedAt, authorizer };
    return this.router({ requestContext, body });
  }
}
