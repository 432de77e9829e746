import { DynamoDBHandover } from '../../src/adapters/dynamodb/log/handover.js';
import { DynamoDBPublicationLog } from '../../src/adapters/dynamodb/log/publication-log.js';
import { slotOf } from '../../src/adapters/dynamodb/log/publication-row.js';
import { InMemoryHandover } from '../../src/adapters/in-memory/handover.js';
import { InMemoryPublicationLog } from '../../src/adapters/in-memory/publication-log.js';
import { SystemRandom } from '../../src/adapters/system/system-random.js';
import { ObservedTable } from '../../src/entry/local/stream/observed-table.js';
import { handoverContract } from '../contracts/handover.contract.js';
import { TestDynamoDB } from '../support/servers/dynamodb.js';
import { VirtualClock } from '../support/time/virtual-clock.js';

const dynamodb = new TestDynamoDB();
const random = new SystemRandom();

handoverContract('in memory', () => {
  const offsets: number[] = [];
  return {
    log: new InMemoryPublicationLog(new VirtualClock(), random),
    handover: new InMemoryHandover(({ offset }) => offsets.push(offset)),
    handedOver: () => offsets,
  };
});

handoverContract('DynamoDB', async () => {
  const offsets: number[] = [];
  const table = new ObservedTable(await dynamodb.table(), ({ newImage }) => {
    if (newImage?.fanOut !== undefined) offsets.push(slotOf(newImage).offset);
  });
  return {
    log: new DynamoDBPublicationLog(table, new VirtualClock(), random),
    handover: new DynamoDBHandover(table, random),
    handedOver: () => offsets,
  };
});
