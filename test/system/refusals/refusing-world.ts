import type { Row, Table } from '../../../src/adapters/dynamodb/table/table.js';
import { developmentToken } from '../../../src/adapters/jwt/development-token.js';
import { formatPermissions, permissionsFrom } from '../../../src/domain/access/permissions.js';
import { EventLog } from '../../../src/entry/event-log.js';
import { createRouter } from '../../../src/entry/lambda/handlers/create-router.js';
import type { TestTables } from '../../support/tables/test-tables.js';
import { CountedWorld } from '../../support/worlds/counted-world.js';

const SECRET = 'a secret of the tests, longer than 32 bytes';
const SESSION_MS = 3_600_000;

/** The router over tables, for connections whose tokens grant what a test says. */
export class RefusingWorld {
  readonly world: CountedWorld;
  readonly #handle: ReturnType<typeof createRouter>;
  readonly #authorizers = new Map<string, object>();

  private constructor(
    private readonly tables: TestTables,
    readonly connections: Table,
    private readonly messages: Table,
    around: (table: Table) => Table,
  ) {
    const env = { AUTH_MODE: 'jwt', STAGE: 'local', AUTH_SECRET: SECRET, AUTH_SINGLE_USE: 'true' };
    const limits = { RATE_LIMIT: 'on', FRAMES_AT_ONCE: '200', FRAMES_PER_SECOND: '200' };
    this.world = new CountedWorld(connections, around(messages), { ...env, ...limits });
    this.#handle = createRouter(this.world.app, new EventLog('silent'));
  }

  static async create(tables: TestTables, around = (table: Table) => table): Promise<RefusingWorld> {
    return new RefusingWorld(tables, await tables.table(), await tables.table(), around);
  }

  /** Opens the connection `${userId}=`. */
  async connect(userId: string, claim: unknown): Promise<void> {
    const permissions = formatPermissions(permissionsFrom(claim));
    const tokenExpiresAt = this.world.clock.now() + SESSION_MS;
    this.#authorizers.set(`${userId}=`, { userId, permissions, tokenExpiresAt });
    this.world.clients.open(`${userId}=`);
    await this.#event('CONNECT', '$connect', `${userId}=`);
  }

  /** The answer to the frame. Without `admitted`, no authorizer has admitted the connection. */
  async answer(
    connectionId: string,
    frame: string | object,
    admitted = true,
  ): Promise<Record<string, unknown>> {
    const body = typeof frame === 'string' ? frame : JSON.stringify(frame);
    const { body: answer = '{}' } = await this.#event('MESSAGE', '$default', connectionId, body, admitted);
    return JSON.parse(answer);
  }

  async do(connectionId: string, frame: object): Promise<Record<string, unknown>> {
    const answer = await this.answer(connectionId, frame);
    if (answer.type !== 'ack') throw new Error(JSON.stringify(answer));
    return answer;
  }

  token(userId: string): Promise<string> {
    const issuedAt = this.world.clock.now();
    return developmentToken({
      userId,
      tokenId: userId,
      issuedAt,
      expiresAt: issuedAt + 1_000,
      secret: SECRET,
    });
  }

  /** All but those of the limiters. */
  async rows(): Promise<Row[]> {
    const rows = [...(await this.tables.rows(this.connections)), ...(await this.tables.rows(this.messages))];
    return rows.filter(({ pk }) => !pk.startsWith('RATE#'));
  }

  #event(eventType: string, routeKey: string, connectionId: string, body?: string, admitted = true) {
    const known = this.#authorizers.get(connectionId) ?? [...this.#authorizers.values()][0];
    const now = this.world.clock.now();
    return this.#handle({
      requestContext: {
        eventType,
        routeKey,
        connectionId,
        requestId: 'request',
        connectedAt: now,
        ...(admitted && { authorizer: known }),
      },
      ...(body !== undefined && { body }),
    });
  }
}
