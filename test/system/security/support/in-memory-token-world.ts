import { InMemoryClientNotifier } from '../../../../src/adapters/in-memory/client-notifier.js';
import { developmentToken } from '../../../../src/adapters/jwt/development-token.js';
import { SystemRandom } from '../../../../src/adapters/system/system-random.js';
import type { ClientNotifier } from '../../../../src/application/ports/client-notifier.js';
import type { Caller } from '../../../../src/domain/access/caller.js';
import { parsePermissions } from '../../../../src/domain/access/permissions.js';
import type { Application } from '../../../../src/entry/application.js';
import { authorization } from '../../../../src/entry/bindings/authorization.js';
import { limits } from '../../../../src/entry/bindings/limits.js';
import { inMemory } from '../../../../src/entry/bindings/stores/in-memory.js';
import { createApplication } from '../../../../src/entry/container.js';
import { readSettings } from '../../../../src/entry/settings.js';
import { VirtualClock } from '../../../support/time/virtual-clock.js';

const SECRET = 'a secret that this memory world keeps';

/** The system in memory, with tokens, on a clock that stands still; `around` may wrap its clients. */
export class InMemoryTokenWorld {
  readonly clock = new VirtualClock();
  readonly clients = new InMemoryClientNotifier();
  readonly app: Application;
  #tokens = 0;

  constructor(env: Record<string, string> = {}, around = (clients: ClientNotifier) => clients) {
    const settings = readSettings({ STAGE: 'local', AUTH_SECRET: SECRET, ...env });
    const random = new SystemRandom();
    const adapters = inMemory({ clients: around(this.clients), clock: this.clock, random, settings });
    this.app = createApplication(adapters, authorization(settings), limits(settings));
  }

  token(userId: string, seconds = 300, permissions?: unknown): Promise<string> {
    this.#tokens += 1;
    const now = this.clock.now();
    const times = { issuedAt: now, expiresAt: now + seconds * 1_000 };
    return developmentToken({ userId, tokenId: `t${this.#tokens}`, permissions, secret: SECRET, ...times });
  }

  /** Admits an open socket of this id by a token, as `$connect` does. */
  async connect(connectionId: string, token: string): Promise<Caller> {
    const headers = { Authorization: `Bearer ${token}` };
    const admitted = await this.app.authorizeConnection.execute({ headers });
    if (!admitted.allowed) throw new Error(admitted.reason);
    const { userId, context } = admitted;
    const caller: Caller = {
      connectionId,
      userId,
      connectedAt: this.clock.now(),
      requestId: 'r',
      permissions: context.permissions,
      granted: parsePermissions(context.permissions),
      tokenExpiresAt: Number(context.tokenExpiresAt),
    };
    this.clients.open(connectionId);
    await this.app.connect.execute(caller);
    return caller;
  }
}
