import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { ContainerModule } from 'inversify';
import { DynamoDBConnectionRepository } from '../../../adapters/dynamodb/connection-repository.js';
import { DynamoDBCounters } from '../../../adapters/dynamodb/counters.js';
import { DynamoDBHandover } from '../../../adapters/dynamodb/log/handover.js';
import { DynamoDBPublicationLog } from '../../../adapters/dynamodb/log/publication-log.js';
import { DynamoDBMemberStates } from '../../../adapters/dynamodb/member-states.js';
import { DynamoDBRoomRepository } from '../../../adapters/dynamodb/room-repository.js';
import { createDocumentClient } from '../../../adapters/dynamodb/table/document-client.js';
import { DocumentTable } from '../../../adapters/dynamodb/table/document-table.js';
import { StoreTime } from '../../../adapters/dynamodb/table/store-time.js';
import type { Table } from '../../../adapters/dynamodb/table/table.js';
import { DynamoDBUsedTokens } from '../../../adapters/dynamodb/used-tokens.js';
import { SystemClock } from '../../../adapters/system/system-clock.js';
import { SystemRandom } from '../../../adapters/system/system-random.js';
import type { Clock } from '../../../application/ports/clock.js';
import type { EventLog } from '../../event-log.js';
import { retentionMsOf, type Settings } from '../../settings.js';
import { bindPushes } from '../pushes.js';
import { createRateLimiter, warnOfReset } from '../rate-limiter.js';
import type { ServerAccess } from '../server-access.js';
import { TOKENS } from '../tokens.js';

export interface AwsOptions {
  /** Such a server shares the clock of this machine. */
  database?: ServerAccess | undefined;
  callbacks?: ServerAccess | undefined;
  log?: EventLog;
  /** Whether pushes keep to a share of `PUSHES_PER_SECOND`. */
  paced?: boolean;
  /** Absent: the system's clock. */
  clock?: Clock;
  /** Receives the client of the store before it is used, for example to count what it consumes. */
  onDocuments?: (documents: DynamoDBDocumentClient) => void;
  /** Wraps the log's table, for example to observe writes if the table has no stream. */
  aroundMessages?: (table: Table) => Table;
}

/** The adapters of a deployment; with other endpoints, also those of a laptop. */
export const onDynamoDB = (settings: Settings, options: AwsOptions = {}): ContainerModule => {
  const { log: eventLog, clock = new SystemClock(), database, callbacks } = options;
  const { aroundMessages = (table) => table, paced } = options;
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

    const onWrongClock = (aheadMs: number) =>
      eventLog?.warn({ aheadMs }, 'The clock is wrong: the time of the database counts');

    bind(TOKENS.clock).toConstantValue(clock);
    bind(TOKENS.random).toConstantValue(random);
    bind(TOKENS.connections).toConstantValue(new DynamoDBConnectionRepository(connections, clock));
    bind(TOKENS.rooms).toConstantValue(new DynamoDBRoomRepository(connections, clock));
    bind(TOKENS.memberStates).toConstantValue(new DynamoDBMemberStates(connections));
    bind(TOKENS.usedTokens).toConstantValue(new DynamoDBUsedTokens(connections, clock));
    const counters = new DynamoDBCounters(connections, clock, warnOfReset(eventLog));
    bind(TOKENS.limiter).toConstantValue(createRateLimiter(settings, counters));
    bind(TOKENS.log).toConstantValue(
      new DynamoDBPublicationLog(messages, clock, random, onWrongClock, retentionMsOf(settings)),
    );
    bind(TOKENS.handover).toConstantValue(new DynamoDBHandover(messages, random));
    bindPushes({ bind }, settings, { callbackUrl, callbacks, clock, log: eventLog, paced });
  });
};
