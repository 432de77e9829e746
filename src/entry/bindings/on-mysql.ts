import { ContainerModule } from 'inversify';
import type { PushFailure } from '../../adapters/api-gateway/client-notifier.js';
import { createClientNotifier } from '../../adapters/api-gateway/create-client-notifier.js';
import { MySqlConnectionRepository } from '../../adapters/mysql/connection-repository.js';
import type { Database } from '../../adapters/mysql/database/database.js';
import { MySqlPublicationLog } from '../../adapters/mysql/log/publication-log.js';
import { MySqlRateLimiter } from '../../adapters/mysql/rate-limiter.js';
import { MySqlRoomRepository } from '../../adapters/mysql/room-repository.js';
import { MySqlUsedTokens } from '../../adapters/mysql/used-tokens.js';
import { SystemRandom } from '../../adapters/system/system-random.js';
import { UnlimitedRateLimiter } from '../../adapters/unlimited/rate-limiter.js';
import type { Clock } from '../../application/ports/clock.js';
import type { Publication } from '../../domain/publications/publication.js';
import type { EventLog } from '../event-log.js';
import { retentionMsOf, type Settings } from '../settings.js';
import { frameLimit, warnOfReset } from './limits.js';
import type { ServerAccess } from './on-dynamodb.js';
import { TOKENS } from './tokens.js';

/** Most simultaneous pushes, and sockets, of one instance; `Window` finds how many help. */
const CONCURRENCY = 256;

export interface MySqlOptions {
  database: Database;
  callbackUrl: string;
  callbacks: ServerAccess | undefined;
  log: EventLog;
  clock: Clock;
  /** Replaces the stream that MySQL lacks. */
  stream: (publication: Publication) => void;
}

/** The adapters of `STORE=mysql`. */
export const onMySql = (settings: Settings, options: MySqlOptions): ContainerModule =>
  new ContainerModule(({ bind }) => {
    const { database, callbackUrl, callbacks, log: eventLog, clock, stream } = options;
    const random = new SystemRandom();
    const api = { ...callbacks, endpoint: callbackUrl, maxSockets: CONCURRENCY };

    const onFailure = ({ connectionId, error }: PushFailure) =>
      eventLog.warn({ connectionId, error }, 'A push failed');

    const onWrongClock = (aheadMs: number) =>
      eventLog.warn({ aheadMs }, 'The clock is wrong: the time of the database counts');

    const onExpiryFailure = (error: unknown) => eventLog.warn({ error }, 'Expired rows could not be removed');

    bind(TOKENS.clock).toConstantValue(clock);
    bind(TOKENS.random).toConstantValue(random);
    bind(TOKENS.pushOptions).toConstantValue({ concurrency: CONCURRENCY, openingMs: settings.OPENING_MS });
    bind(TOKENS.connections).toConstantValue(new MySqlConnectionRepository(database, clock));
    bind(TOKENS.rooms).toConstantValue(new MySqlRoomRepository(database, clock));
    bind(TOKENS.usedTokens).toConstantValue(new MySqlUsedTokens(database, clock));
    bind(TOKENS.limiter).toConstantValue(
      settings.RATE_LIMIT === 'off'
        ? new UnlimitedRateLimiter()
        : new MySqlRateLimiter(
            database,
            clock,
            frameLimit(settings),
            settings.CONNECTIONS_PER_USER,
            warnOfReset(eventLog),
          ),
    );
    bind(TOKENS.log).toConstantValue(
      new MySqlPublicationLog(
        database,
        clock,
        random,
        stream,
        onWrongClock,
        onExpiryFailure,
        retentionMsOf(settings),
      ),
    );
    bind(TOKENS.clients).toConstantValue(createClientNotifier(api, clock, onFailure));
  });
