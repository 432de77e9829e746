import { describe, it } from '@jest/globals';
import { logOf } from '../../src/adapters/dynamodb/keys.js';
import { DynamoDBPublicationLog } from '../../src/adapters/dynamodb/log/publication-log.js';
import type { Table } from '../../src/adapters/dynamodb/table/table.js';
import { InMemoryPublicationLog } from '../../src/adapters/in-memory/publication-log.js';
import { LazyDatabase } from '../../src/adapters/mysql/database/lazy-database.js';
import { MySqlPublicationLog } from '../../src/adapters/mysql/log/publication-log.js';
import { SystemRandom } from '../../src/adapters/system/system-random.js';
import type { Clock } from '../../src/application/ports/clock.js';
import { publicationLogContract } from '../contracts/publication-log/publication-log.contract.js';
import { publicationLogAppendOptionsContract } from '../contracts/publication-log/publication-log-append-options.contract.js';
import { publicationLogClocksContract } from '../contracts/publication-log/publication-log-clocks.contract.js';
import { publicationLogCrashesContract } from '../contracts/publication-log/publication-log-crashes.contract.js';
import { publicationLogEpochsContract } from '../contracts/publication-log/publication-log-epochs.contract.js';
import { publicationLogErasureContract } from '../contracts/publication-log/publication-log-erasure.contract.js';
import { publicationLogKeysContract } from '../contracts/publication-log/publication-log-keys.contract.js';
import { publicationLogOneClockContract } from '../contracts/publication-log/publication-log-one-clock.contract.js';
import {
  publicationLogOtherRetentionContract,
  publicationLogRetentionContract,
} from '../contracts/publication-log/publication-log-retention.contract.js';
import type {
  FaultyLogs,
  Logs,
  ProcessFault,
  RetainingLogs,
} from '../contracts/publication-log/publication-logs.js';
import { TestDynamoDB } from '../support/servers/dynamodb.js';
import { describeOnMySql } from '../support/servers/mysql.js';
import { FaultyDatabase } from '../support/tables/faulty-database.js';
import { FaultyTable } from '../support/tables/faulty-table.js';
import { RealSleepClock } from '../support/time/real-sleep-clock.js';

const dynamodb = new TestDynamoDB();
const random = new SystemRandom();

/** No other process can see its memory, so every process shares the same instance. */
const inMemory = (retentionMs?: number): Logs => {
  const clock = new RealSleepClock();
  const log = new InMemoryPublicationLog(clock, random, retentionMs);
  return { open: () => log, clock, confirmed: false };
};

const on = (
  clock: RealSleepClock,
  table: Table,
  { confirmed, retentionMs }: { confirmed: boolean; retentionMs?: number | undefined },
): FaultyLogs & RetainingLogs => {
  const open = (time: Clock = clock, keptMs = retentionMs, through = table) =>
    new DynamoDBPublicationLog(through, time, random, undefined, keptMs);
  const faulty = (fault: ProcessFault) => {
    const failing = new FaultyTable(table, fault);
    return { log: open(clock, retentionMs, failing), struck: failing.struck, wake: failing.wake };
  };
  const vanish = async () => {
    const { rows } = await table.query({ pk: logOf('lobby') });
    for (const row of rows)
      if (row.ttl !== undefined && (row.ttl as number) * 1_000 <= clock.now()) await table.delete(row);
  };
  return { open, clock, faulty, confirmed, vanish };
};

/** As on a laptop. */
const onDynamoDB = async (retentionMs?: number) =>
  on(new RealSleepClock(), await dynamodb.table(), { confirmed: false, retentionMs });

/** As on AWS. */
const onDynamoDBWithClock = async (retentionMs?: number) => {
  const clock = new RealSleepClock();
  return on(clock, await dynamodb.table(clock), { confirmed: true, retentionMs });
};

for (const contract of [
  publicationLogContract,
  publicationLogAppendOptionsContract,
  publicationLogKeysContract,
  publicationLogEpochsContract,
  publicationLogErasureContract,
]) {
  contract('in memory', () => inMemory());
  contract('DynamoDB', () => onDynamoDB());
}
publicationLogRetentionContract('in memory', inMemory);
publicationLogRetentionContract('DynamoDB', onDynamoDB);
publicationLogRetentionContract('DynamoDB with a clock of its own', onDynamoDBWithClock);
publicationLogOtherRetentionContract('DynamoDB', () => onDynamoDB());
publicationLogOtherRetentionContract('DynamoDB with a clock of its own', () => onDynamoDBWithClock());
publicationLogEpochsContract('DynamoDB with a clock of its own', () => onDynamoDBWithClock());
publicationLogClocksContract('DynamoDB with a clock of its own', () => onDynamoDBWithClock());
publicationLogOneClockContract('in memory', () => inMemory());
publicationLogOneClockContract('DynamoDB', () => onDynamoDB());

publicationLogCrashesContract('DynamoDB with a clock of its own', () => onDynamoDBWithClock());
describe('PublicationLog, crashes: in memory', () => {
  it.skip('is left out: an append has one step there, and the store dies with its process', () => {});
});

describeOnMySql('on MySQL', (mysql) => {
  const onMySql = async (retentionMs?: number): Promise<FaultyLogs & RetainingLogs> => {
    const clock = new RealSleepClock();
    const database = await mysql.database(clock);
    const open = (time: Clock = clock, keptMs = retentionMs, through = database) =>
      new MySqlPublicationLog(through, time, random, undefined, undefined, true, keptMs);
    const faulty = ({ what }: ProcessFault) => {
      const failing = new FaultyDatabase(database, what);
      return { log: open(clock, retentionMs, failing), struck: failing.struck, wake: failing.wake };
    };
    const vanish = async () => {
      await database.change('CALL switchboard_expire(?)', [10_000]);
    };
    return { open, clock, faulty, confirmed: true, vanish };
  };
  publicationLogContract('MySQL', () => onMySql());
  publicationLogAppendOptionsContract('MySQL', () => onMySql());
  publicationLogKeysContract('MySQL', () => onMySql());
  publicationLogEpochsContract('MySQL', () => onMySql());
  publicationLogClocksContract('MySQL', () => onMySql());
  publicationLogCrashesContract('MySQL', () => onMySql());
  publicationLogErasureContract('MySQL', () => onMySql());
  publicationLogRetentionContract('MySQL', onMySql);
  publicationLogOtherRetentionContract('MySQL', () => onMySql());

  /** Each process has a server whose clock is its own. */
  const onOneClock = async (): Promise<Logs> => {
    const clock = new RealSleepClock();
    const url = await mysql.url();
    const open = (time: Clock = clock) => {
      const database = new LazyDatabase(async () => ({
        database: await mysql.open(url, time),
        close: async () => {},
      }));
      return new MySqlPublicationLog(database, time, random, undefined, undefined, false);
    };
    return { open, clock, confirmed: false };
  };
  publicationLogEpochsContract('MySQL on this machine', onOneClock);
  publicationLogOneClockContract('MySQL on this machine', onOneClock);
});
