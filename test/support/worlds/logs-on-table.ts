import { logOf } from '../../../src/adapters/dynamodb/keys.js';
import { DynamoDBPublicationLog } from '../../../src/adapters/dynamodb/log/publication-log.js';
import type { Table } from '../../../src/adapters/dynamodb/table/table.js';
import { SystemRandom } from '../../../src/adapters/system/system-random.js';
import type { Clock } from '../../../src/application/ports/clock.js';
import type {
  FaultyLogs,
  ProcessFault,
  RetainingLogs,
} from '../../contracts/publication-log/publication-logs.js';
import { FaultyTable } from '../tables/faulty-table.js';
import type { RealSleepClock } from '../time/real-sleep-clock.js';

const random = new SystemRandom();

/** `confirmed`: the table has a clock of its own, as on AWS and not on a laptop. */
export const logsOnTable = (
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
