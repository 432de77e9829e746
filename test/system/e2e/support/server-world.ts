import { setTimeout as sleep } from 'node:timers/promises';
import type { Gateway } from '../../../../gateway/gateway.js';
import type { GatewayOptions } from '../../../../gateway/gateway-options.js';
import type { Clock } from '../../../../src/application/ports/clock.js';
import type { SessionUsage } from '../../../../src/entry/local/bill/session-meter.js';
import { type Switchboard, startSwitchboard } from '../../../../src/entry/local/start.js';
import { type DynamoDBServer, startDynamoDB } from '../../../../src/entry/local/storage/dynamodb-server.js';
import { disconnectAfterAbort } from '../../../support/disconnect-after-abort.js';
import { TestMySql } from '../../../support/servers/test-mysql.js';
import { Client } from './client.js';
import { Tables } from './tables.js';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

export interface WorldOptions {
  store?: 'DynamoDB' | 'memory' | 'MySQL';
  /** 0: everything is delivered by the stream's consumer. */
  inlineLimit?: number;
  /** Members of one piece; absent: as deployed. */
  pieceMembers?: number | undefined;
  env?: Record<string, string>;
  origins?: readonly string[];
  /** The clock of the handlers, for tests that must not depend on the machine's speed. */
  clock?: Clock;
  gateway?: Omit<Partial<GatewayOptions>, 'host' | 'origins'>;
}

/** On a busy machine, many frames at once take longer than the deployed function may; the gateway waits for 29 s. */
const FRAME_TIMEOUT_MS = 26_000;

/** The whole system in this process, on a free port, and the clients that a test connects to it. */
export class ServerWorld {
  readonly #clients: Client[] = [];

  private constructor(
    private readonly switchboard: Switchboard,
    private readonly dynamodb: DynamoDBServer | undefined,
    private readonly mySql: TestMySql | undefined,
  ) {}

  static async start(options: WorldOptions = {}): Promise<ServerWorld> {
    const {
      store = 'DynamoDB',
      inlineLimit = 100,
      env = {},
      origins = [],
      gateway = {},
      clock,
      pieceMembers,
    } = options;
    const memory = store === 'memory';
    const dynamodb = store === 'DynamoDB' ? await startDynamoDB() : undefined;
    const mySql = store === 'MySQL' ? new TestMySql(process.env.MYSQL_URL ?? '') : undefined;
    const switchboard = await startSwitchboard({
      port: 0,
      frameTimeoutMs: FRAME_TIMEOUT_MS,
      pieceMembers,
      origins,
      memory,
      dataFolder: dynamodb && 'unused',
      env: {
        LOG_LEVEL: 'silent',
        RATE_LIMIT: 'off',
        FAN_OUT_INLINE_LIMIT: String(inlineLimit),
        ...(dynamodb && { DYNAMODB_ENDPOINT: dynamodb.endpoint }),
        ...(mySql && { STORE: 'mysql', MYSQL_URL: await mySql.url({ bare: true }) }),
        ...env,
      },
      ...(clock && { clock }),
      gateway: { disconnectAfterAbort, ...gateway, limits: { closeMs: 200, ...gateway.limits } },
    });
    return new ServerWorld(switchboard, dynamodb, mySql);
  }

  get gateway(): Gateway {
    return this.switchboard.gateway;
  }

  /** The bill that AWS would send so far. */
  get usage(): SessionUsage {
    return this.switchboard.usage;
  }

  /** A client under this name; without one, a guest. */
  async connect(userId?: string): Promise<Client> {
    const client = await Client.connect(
      this.#url(userId === undefined ? '' : `?userId=${encodeURIComponent(userId)}`),
    );
    this.#clients.push(client);
    return client;
  }

  async status(query: string): Promise<number> {
    const client = await Client.dial(this.#url(query));
    if (typeof client === 'number') return client;
    await client.close();
    return 101;
  }

  /**
   * Waits until everything published so far has been pushed: sends one more message, which every client has to receive.
   */
  async settle(): Promise<void> {
    const open = this.#clients.filter(({ socket }) => socket.readyState === socket.OPEN);
    const word = `settled ${Math.random()}`;
    await open[0]?.do('broadcast', { data: word });
    await Promise.all(open.map((client) => client.hears('*', word)));
  }

  /** The rows in the DynamoDB of this world. */
  get tables(): Tables {
    if (!this.dynamodb) throw new Error('This world has no DynamoDB');
    return new Tables(this.dynamodb.endpoint);
  }

  /** Resolves once it holds. */
  async until(holds: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await holds())) await sleep(5);
  }

  async end(): Promise<void> {
    for (const { socket } of this.#clients) socket.terminate();
    await this.switchboard.stop();
    await this.dynamodb?.stop();
    await this.mySql?.close();
  }

  #url(query: string): string {
    return this.gateway.url.replace('localhost', '127.0.0.1') + query;
  }
}
