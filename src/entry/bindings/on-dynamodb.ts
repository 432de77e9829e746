import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { ContainerModule } from 'inversify';
import type { PushFailure } from '../../adapters/api-gateway/client-notifier.js';
import { createClientNotifier } from '../../adapters/api-gateway/create-client-notifier.js';
import { DynamoDBConnectionRepository } from '../../adapters/dynamodb/connection-repository.js';
import { DynamoDBPublicationLog } from '../../adapters/dynamodb/log/publication-log.js';
import { DynamoDBRateLimiter } from '../../adapters/dynamodb/rate-limiter.js';
import { DynamoDBRoomRepository } from '../../adapters/dynamodb/room-repository.js';
import { createDocumentClient } from '../../adapters/dynamodb/table/document-client.js';
import { DocumentTable } from '../../adapters/dynamodb/table/document-table.js';
import { StoreTime } from '../../adapters/dynamodb/table/store-time.js';
import type { Table } from '../../adapters/dynamodb/table/table.js';
import { DynamoDBUsedTokens } from '../../adapters/dynamodb/used-tokens.js';
import { SystemClock } from '../../adapters/system/system-clock.js';
import { SystemRandom } from '../../adapters/system/system-random.js';
import { UnlimitedRateLimiter } from '../../adapters/unlimited/rate-limiter.js';
import type { Clock } from '../../application/ports/clock.js';
import type { EventLog } from '../event-log.js';
import { retentionMsOf, type Settings } from '../settings.js';
import { frameLimit, warnOfReset } from './limits.js';
import { TOKENS } from './tokens.js';

/** Most simultaneous pushes, and sockets, of one instance; `Window` finds how many help. */
const CONCURRENCY = 256;

/** For a server that is not AWS's; absent, the SDK finds out by itself. */
export interface ServerAccess {
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
}

export interface AwsOptions {
  /** Such a server lives by the clock of this machine. */
  database?: ServerAccess | undefined;
  callbacks?: ServerAccess | undefined;
  log?: EventLog;
  /** Absent: the system's clock. */
  clock?: Clock;
  /** Receives the client of the store before it is used, for example to count what it consumes. */
  onDocuments?: (documents: DynamoDBDocumentClient) => void;
  /** Wraps the log's table, for example to observe writes where the table has no stream. */
  aroundMessages?: (table: Table) => Table;
}

/** The adapters of a deployment; with other endpoints, also those of a laptop. */
export const onDynamoDB = (settings: Settings, options: AwsOptions = {}): ContainerModule => {
  const { log: eventLog, clock = new SystemClock(), database, callbacks } = options;
  const { aroundMessages = (table) => table } = options;
  const { CALLBACK_URL: callbackUrl, DYNAMODB_ENDPOINT: endpoint } = settings;
  if (callbackUrl === undefined) throw new Error('CALLBACK_URL is not set');

  return new ContainerModule(({ bind }) => {
    const random = new SystemRandom();
    const documents = createDocumentClient({ ...database, ...(endpoint !== undefined && { endpoint }) });
    options.onDocuments?.(documents);
    const pause = (attempt: number) => clock.sleep(Math.random() * 50 * 2 ** attempt);
    const time = database ? undefined : new StoreTime(documents, clock);
    const connections = new DocumentTable(documents, settings.CONNECTIONS_TABLE, pause, time);
    const messages = aroundMessages(new DocumentTable(documents, settings.MESSAGES_TABLE, pause, time));
    const api = { ...callbacks, endpoint: callbackUrl, maxSockets: CONCURRENCY };

    const onFailure = ({ connectionId, error }: PushFailure) =>
      eventLog?.warn({ connectionId, error }, 'A push failed');

    const onWrongClock = (aheadMs: number) =>
      eventLog?.warn({ aheadMs }, 'The clock is wrong: the time of the database counts');

    bind(TOKENS.clock).toConstantValue(clock);
    bind(TOKENS.random).toConstantValue(random);
    bind(TOKENS.pushOptions).toConstantValue({ concurrency: CONCURRENCY, openingMs: settings.OPENING_MS });
    bind(TOKENS.connections).toConstantValue(new DynamoDBConnectionRepository(connections, clock));
    bind(TOKENS.rooms).toConstantValue(new DynamoDBRoomRepository(connections, clock));
    bind(TOKENS.usedTokens).toConstantValue(new DynamoDBUsedTokens(connections, clock));
    bind(TOKENS.limiter).toConstantValue(
      settings.RATE_LIMIT === 'off'
        ? new UnlimitedRateLimiter()
        : new DynamoDBRateLimiter(
            connections,
            clock,
            frameLimit(settings),
            settings.CONNECTIONS_PER_USER,
            warnOfReset(eventLog),
          ),
    );
    bind(TOKENS.log).toConstantValue(
      new DynamoDBPublicationLog(messages, clock, random, onWrongClock, retentionMsOf(settings)),
    );
    bind(TOKENS.clients).toConstantValue(createClientNotifier(api, clock, onFailure));
  });
};
