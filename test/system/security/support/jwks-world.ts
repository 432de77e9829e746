import { KeyServer } from '../../../support/servers/key-server.js';
import {
  AUDIENCE,
  type Claims,
  claimsAt,
  createSigningKey,
  ISSUER,
  keySetOf,
  type SigningKey,
  sign,
} from '../../../support/token-issuer.js';
import { ServerWorld } from '../../e2e/support/server-world.js';
import { type Upgrade, upgrade } from './upgrade.js';

/** The whole system with an issuer whose keys are at a URL, as they are in a deployment. */
export class JwksWorld {
  private constructor(
    readonly world: ServerWorld,
    readonly issuer: KeyServer,
    readonly key: SigningKey,
  ) {}

  /** `origins`: of pages that the local gateway lets through to the authorizer. */
  static async start(env: Record<string, string> = {}, origins: string[] = []): Promise<JwksWorld> {
    const key = await createSigningKey('k1');
    const issuer = await new KeyServer().start();
    issuer.keys = keySetOf(key);
    const world = await ServerWorld.start({
      store: 'memory',
      origins,
      env: {
        AUTH_MODE: 'jwt',
        AUTH_JWKS_URL: issuer.url,
        AUTH_ISSUER: ISSUER,
        AUTH_AUDIENCE: AUDIENCE,
        ...env,
      },
    });
    return new JwksWorld(world, issuer, key);
  }

  get url(): string {
    return this.world.gateway.url.replace('localhost', '127.0.0.1');
  }

  token(claims: Claims = {}, header: Record<string, unknown> = {}, key = this.key): Promise<string> {
    return sign(key, claimsAt(Date.now(), claims), header);
  }

  inSeconds(seconds: number): number {
    return Math.floor(Date.now() / 1_000) + seconds;
  }

  upgrade(
    headers: Record<string, string | string[]>,
    protocols: string[] = [],
    query = '',
  ): Promise<Upgrade> {
    return upgrade(this.url + query, headers, protocols);
  }

  async end(): Promise<void> {
    await this.world.end();
    await this.issuer.stop();
  }
}
