import type { Caller } from '../../domain/caller.js';
import { ClientError } from '../../domain/client-error.js';
import type { Identity } from '../../domain/identity.js';
import { parsePermissions } from '../../domain/permissions.js';
import { hasExpired, type Session } from '../../domain/session.js';
import type { Clock } from '../ports/clock.js';
import type { ConnectionRepository } from '../ports/connection-repository.js';
import type { RateLimiter } from '../ports/rate-limiter.js';
import type { ExpiryNotice } from './expiry-notice.js';
import type { SessionCloser } from './session-closer.js';

/** What every frame passes before it is looked at: the limit of its connection, and the end of its session. */
export class AdmitFrame {
  constructor(
    private readonly limiter: RateLimiter,
    private readonly connections: ConnectionRepository,
    private readonly notice: ExpiryNotice,
    private readonly closer: SessionCloser,
    private readonly clock: Clock,
  ) {}

  /**
   * The one time that permissions are parsed.
   *
   * @throws ClientError `rate_limited`: the connection stays, unless it goes on and on; `token_expired` or
   *   `session_unknown`
   */
  async execute(identity: Identity): Promise<Caller> {
    await this.#checkRate(identity);
    const { tokenExpiresAt, permissions } = await this.#session(identity);
    return { ...identity, tokenExpiresAt, permissions, granted: parsePermissions(permissions) };
  }

  async #checkRate({ connectionId, userId }: Identity): Promise<void> {
    const { outcome, retryAfterMs } = await this.limiter.frame(connectionId, userId);
    if (outcome === 'admitted') return;
    if (outcome === 'abusive') await this.closer.close(connectionId, 'rate_limited', true);
    throw new ClientError('rate_limited', { retryAfterMs });
  }

  /**
   * As the newest token has it: the authorizer's word is as old as the connection. A guest has no token, but may have been
   * kicked too.
   */
  async #session(identity: Identity): Promise<Session> {
    const { connectionId } = identity;
    const connection = await this.connections.find(connectionId);
    if (!connection) throw new ClientError('session_unknown');

    if (identity.tokenExpiresAt === undefined) return identity;
    if (hasExpired(connection, this.clock.now())) {
      await this.closer.close(connectionId, 'token_expired', true);
      throw new ClientError('token_expired');
    }
    await this.notice.giveIfDue(connectionId, connection);
    return connection;
  }
}
