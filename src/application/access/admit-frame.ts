import type { Caller } from '../../domain/access/caller.js';
import type { Identity } from '../../domain/access/identity.js';
import { parsePermissions } from '../../domain/access/permissions.js';
import { hasExpired, type Session } from '../../domain/access/session.js';
import { ClientError } from '../../domain/client-error.js';
import type { Connection } from '../../domain/connection.js';
import type { Clock } from '../ports/clock.js';
import type { ConnectionRepository } from '../ports/connection-repository.js';
import type { RateLimiter } from '../ports/rate-limiter.js';
import { settleAll } from '../settle-all.js';
import type { ExpiryNotice } from './expiry-notice.js';
import type { SessionCloser } from './session-closer.js';

/** Checks every frame first: the limit of its connection, and whether its session has ended. */
export class AdmitFrame {
  constructor(
    private readonly limiter: RateLimiter,
    private readonly connections: ConnectionRepository,
    private readonly notice: ExpiryNotice,
    private readonly closer: SessionCloser,
    private readonly clock: Clock,
  ) {}

  /**
   * Only here are permissions parsed. `lookAhead` begins once the frame is counted, beside the read of the session,
   * and may only read. The caller handles its errors.
   *
   * @throws ClientError `rate_limited`: the connection stays open, unless refusals go on; `token_expired` or
   *   `session_unknown`
   */
  async execute(identity: Identity, lookAhead?: () => Promise<unknown> | undefined): Promise<Caller> {
    await this.#checkRate(identity);
    const ahead = lookAhead?.()?.catch(() => {});
    const [session] = await settleAll([this.#session(identity), ahead]);
    const { tokenExpiresAt, permissions, connection } = session;
    return { ...identity, tokenExpiresAt, permissions, granted: parsePermissions(permissions), connection };
  }

  async #checkRate({ connectionId, userId }: Identity): Promise<void> {
    const { outcome, retryAfterMs } = await this.limiter.frame(connectionId, userId);
    if (outcome === 'admitted') return;
    if (outcome === 'abusive') await this.closer.close(connectionId, 'rate_limited', true);
    throw new ClientError('rate_limited', { retryAfterMs });
  }

  /**
   * The session by the newest token: the authorizer's answer is as old as the connection. A guest has no token, but may also
   * have been kicked.
   */
  async #session(identity: Identity): Promise<Session & { connection: Connection }> {
    const { connectionId, time } = identity;
    const connection = await this.connections.find(connectionId, time?.signal);
    if (!connection) throw new ClientError('session_unknown');

    if (identity.tokenExpiresAt === undefined) return { permissions: identity.permissions, connection };
    if (hasExpired(connection, this.clock.now())) {
      await this.closer.close(connectionId, 'token_expired', true);
      throw new ClientError('token_expired');
    }
    await this.notice.giveIfDue(connectionId, connection);
    const { tokenExpiresAt, permissions } = connection;
    return { tokenExpiresAt, permissions, connection };
  }
}
