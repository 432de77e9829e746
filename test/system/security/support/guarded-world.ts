import { developmentToken } from '../../../../src/adapters/jwt/development-token.js';
import { Client } from '../../e2e/support/client.js';
import { ServerWorld, type WorldOptions } from '../../e2e/support/server-world.js';

export const SECRET = 'a secret of the tests, longer than 32 bytes';

export interface TokenOptions {
  /** From now on; negative: expired already. */
  seconds?: number;
  permissions?: unknown;
  tokenId?: string;
}

/** The whole system with required tokens, which clients send in the query. */
export class GuardedWorld {
  readonly #clients: Client[] = [];

  private constructor(readonly world: ServerWorld) {}

  static async start({ env, ...options }: WorldOptions = {}): Promise<GuardedWorld> {
    const keys = { AUTH_MODE: 'jwt', AUTH_SECRET: SECRET, AUTH_QUERY_TOKEN: 'true' };
    const guarded = { ...keys, RATE_LIMIT: 'on', ...env };
    return new GuardedWorld(await ServerWorld.start({ ...options, env: guarded }));
  }

  token(userId: string, options: TokenOptions = {}): Promise<string> {
    const { seconds = 300, permissions, tokenId = `t-${Math.random()}` } = options;
    const issuedAt = Date.now();
    const expiresAt = issuedAt + seconds * 1_000;
    return developmentToken({ userId, tokenId, issuedAt, expiresAt, permissions, secret: SECRET });
  }

  urlWith(token: string): string {
    return `${this.world.gateway.url.replace('localhost', '127.0.0.1')}?token=${token}`;
  }

  async connect(userId: string, options: TokenOptions = {}): Promise<Client> {
    return this.connectWith(await this.token(userId, options));
  }

  async connectWith(token: string): Promise<Client> {
    const client = await Client.connect(this.urlWith(token));
    this.#clients.push(client);
    return client;
  }

  async end(): Promise<void> {
    for (const { socket } of this.#clients) socket.terminate();
    await this.world.end();
  }
}
