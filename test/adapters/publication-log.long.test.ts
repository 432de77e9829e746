import { publicationLogClocksContract } from '../contracts/publication-log/publication-log-clocks.contract.js';
import { publicationLogCrashesContract } from '../contracts/publication-log/publication-log-crashes.contract.js';
import { publicationLogEpochsContract } from '../contracts/publication-log/publication-log-epochs.contract.js';
import { publicationLogErasureContract } from '../contracts/publication-log/publication-log-erasure.contract.js';
import { publicationLogOneClockContract } from '../contracts/publication-log/publication-log-one-clock.contract.js';
import {
  publicationLogOtherRetentionContract,
  publicationLogRetentionContract,
} from '../contracts/publication-log/publication-log-retention.contract.js';
import { TestDynamoDB } from '../support/servers/dynamodb.js';
import { RealSleepClock } from '../support/time/real-sleep-clock.js';
import { logsOnTable } from '../support/worlds/logs-on-table.js';

const dynamodb = new TestDynamoDB();

/** As on a laptop. */
const onDynamoDB = async (retentionMs?: number) =>
  logsOnTable(new RealSleepClock(), await dynamodb.table(), { confirmed: false, retentionMs });

/** As on AWS. */
const onDynamoDBWithClock = async (retentionMs?: number) => {
  const clock = new RealSleepClock();
  return logsOnTable(clock, await dynamodb.table(clock), { confirmed: true, retentionMs });
};

for (const contract of [
  publicationLogEpochsContract,
  publicationLogErasureContract,
  publicationLogOneClockContract,
  publicationLogOtherRetentionContract,
])
  contract('DynamoDB', () => onDynamoDB());
publicationLogRetentionContract('DynamoDB', onDynamoDB);

for (const contract of [
  publicationLogEpochsContract,
  publicationLogClocksContract,
  publicationLogCrashesContract,
  publicationLogOtherRetentionContract,
])
  contract('DynamoDB with a clock of its own', () => onDynamoDBWithClock());
publicationLogRetentionContract('DynamoDB with a clock of its own', onDynamoDBWithClock);
