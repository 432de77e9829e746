import { ContainerModule } from 'inversify';
import { MySqlConnectionRepository } from '../../../adapters/mysql/connection-repository.js';
import { MySqlCounters } from '../../../adapters/mysql/counters.js';
import type { Database } from '../../../adapters/mysql/database/database.js';
import { MySqlPublicationLog } from '../../../adapters/mysql/log/publication-log.js';
import { MySqlMemberStates } from '../../../adapters/mysql/member-states.js';
import { MySqlRoomRepository } from '../../../adapters/mysql/room-repository.js';
import { MySqlUsedTokens } from '../../../adapters/mysql/used-tokens.js';
import { SystemClock } from '../../../adapters/system/system-clock.js';
import { SystemRandom } from '../../../adapters/system/system-random.js';
import { PieceHandover } from '../../../application/delivery/piece-handover.js';
import type { Clock } from '../../../application/ports/clock.js';
import type { EventLog } from '../../event-log.js';
import { retentionMsOf, type Settings } from '../../settings.js';
import { bindPushes } from '../pushes.js';
import { createRateLimiter, warnOfReset } from '../rate-limiter.js';
import type { ServerAccess } from '../server-access.js';
import { TOKENS } from '../tokens.js';

export interface MySqlOptions {
  database: Database;
  callbackUrl: string;
  callbacks?: ServerAccess | undefined;
  log: EventLog;
  /** Whether the server is on this machine, so that no second clock confirms this one. */
  oneClock?: boolean;
  /** Absent: the system's clock. */
  clock?: Clock;
  /** Whether pushes keep to a share of `PUSHES_PER_SECOND`. */
  paced?: boolean;
}

/** The adapters of `STORE=mysql`. */
export const onMySql = (settings: Settings, options: MySqlOptions): ContainerModule =>
  new ContainerModule(({ bind }) => {
    const { database, callbackUrl, callbacks, log: eventLog, paced } = options;
    const { clock = new SystemClock(), oneClock = false } = options;
    const random = new SystemRandom();

    const onWrongClock = (aheadMs: number) =>
      eventLog.warn({ aheadMs }, 'The clock is wrong: the time of the database counts');

    const onExpiryFailure = (error: unknown) => eventLog.warn({ error }, 'Expired rows could not be removed');

    bind(TOKENS.clock).toConstantValue(clock);
    bind(TOKENS.random).toConstantValue(random);
    bind(TOKENS.connections).toConstantValue(new MySqlConnectionRepository(database, clock));
    bind(TOKENS.rooms).toConstantValue(new MySqlRoomRepository(database, clock));
    bind(TOKENS.memberStates).toConstantValue(new MySqlMemberStates(database));
    bind(TOKENS.usedTokens).toConstantValue(new MySqlUsedTokens(database, clock));
    const counters = new MySqlCounters(database, clock, warnOfReset(eventLog));
    bind(TOKENS.limiter).toConstantValue(createRateLimiter(settings, counters));
    bind(TOKENS.log).toConstantValue(
      new MySqlPublicationLog(
        database,
        clock,
        random,
        onWrongClock,
        onExpiryFailure,
        !oneClock,
        retentionMsOf(settings),
      ),
    );
    bind(TOKENS.handover).toResolvedValue(
      (rooms, pieces, pieceMembers) => new PieceHandover(rooms, pieces, random, pieceMembers),
      [TOKENS.rooms, TOKENS.pieces, TOKENS.pieceMembers],
    );
    bindPushes({ bind }, settings, { callbackUrl, callbacks, clock, log: eventLog, paced });
  });
