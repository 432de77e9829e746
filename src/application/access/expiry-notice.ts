import { isExpiring, type Session } from '../../domain/access/session.js';
import { encode } from '../../domain/json/encode.js';
import type { ClientNotifier } from '../ports/client-notifier.js';
import type { Clock } from '../ports/clock.js';
import type { ConnectionRepository } from '../ports/connection-repository.js';

const NOTICE_MS = 1_000;

/** Tells a client, once for each token, that its session is about to end. */
export class ExpiryNotice {
  constructor(
    private readonly connections: ConnectionRepository,
    private readonly clients: ClientNotifier,
    private readonly clock: Clock,
  ) {}

  async giveIfDue(connectionId: string, session: Session): Promise<void> {
    if (this.isDue(session)) await this.#give(connectionId, session);
  }

  isDue(session: Session): boolean {
    return isExpiring(session, this.clock.now());
  }

  async #give(connectionId: string, { tokenExpiresAt: expiresAt }: Session): Promise<void> {
    const now = this.clock.now();
    if (expiresAt === undefined) return;
    if (!(await this.connections.claimExpiryNotice(connectionId, expiresAt))) return;
    await this.clients.send(connectionId, encode({ type: 'expiring', expiresAt }), now + NOTICE_MS);
  }
}
