import { expect, it } from '@jest/globals';
import { MOVED_KEY } from '../../../../src/adapters/dynamodb/keys.js';
import { DynamoDBPublicationLog } from '../../../../src/adapters/dynamodb/log/publication-log.js';
import { toLastSealRow } from '../../../../src/adapters/dynamodb/log/publication-row.js';
import { SystemRandom } from '../../../../src/adapters/system/system-random.js';
import { append, LONG_AFTER_MS } from '../../../contracts/publication-log/publication-logs.js';
import { TestDynamoDB } from '../../../support/servers/dynamodb.js';
import { VirtualClock } from '../../../support/time/virtual-clock.js';

const dynamodb = new TestDynamoDB();

const moved = async () => {
  const clock = new VirtualClock();
  const table = await dynamodb.table();
  const open = () => new DynamoDBPublicationLog(table, clock, new SystemRandom());
  const { publication } = await append(open(), 'one', 'k1');
  await table.put({ ...MOVED_KEY, movedAt: clock.now() });
  await table.put(toLastSealRow({ ...publication, offset: 2 }));
  return { clock, open, publication };
};

const UNAVAILABLE = { code: 'unavailable' };

it.each([0, LONG_AFTER_MS, 10 * LONG_AFTER_MS])(
  'a log that has moved takes no publication, %d ms later',
  async (laterMs) => {
    const { clock, open } = await moved();
    await open().head('unpublished');
    clock.advance(laterMs);

    for (const room of ['lobby', 'unpublished', 'unknown'])
      for (const key of ['k1', 'k2', undefined])
        await expect(append(open(), 'two', key, room)).rejects.toMatchObject(UNAVAILABLE);
  },
);

it('can still be read, at the place where it ended', async () => {
  const { open, publication } = await moved();
  const log = open();
  const cursor = { epoch: publication.epoch, offset: 1 };

  expect(await log.head('lobby')).toEqual(cursor);
  expect((await log.peek('lobby')).cursor).toEqual(cursor);
  expect(await log.range('lobby', publication.epoch, 1, 9)).toHaveLength(1);
});
