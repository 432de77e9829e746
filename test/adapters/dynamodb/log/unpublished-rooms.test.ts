import { beforeEach, describe, expect, it } from '@jest/globals';
import { DynamoDBPublicationLog } from '../../../../src/adapters/dynamodb/log/publication-log.js';
import type { Table } from '../../../../src/adapters/dynamodb/table/table.js';
import { SystemRandom } from '../../../../src/adapters/system/system-random.js';
import { RETENTION_MS } from '../../../../src/domain/publications/publication.js';
import { append } from '../../../contracts/publication-log/publication-logs.js';
import { TestDynamoDB } from '../../../support/servers/dynamodb.js';
import { CountingTable } from '../../../support/tables/counting-table.js';
import { FaultyTable } from '../../../support/tables/faulty-table.js';
import { RealSleepClock } from '../../../support/time/real-sleep-clock.js';
import type { VirtualClock } from '../../../support/time/virtual-clock.js';

const dynamodb = new TestDynamoDB();
const META = { pk: 'LOG#lobby', sk: 'META' };
const HOUR_MS = 3_600_000;

describe('a room without publications on DynamoDB', () => {
  let table: Table;
  let clock: VirtualClock;
  let log: DynamoDBPublicationLog;
  const over = (seam: Table) => new DynamoDBPublicationLog(seam, clock, new SystemRandom());
  const expiresAt = async () => Number((await table.get(META))?.expiresAt);

  beforeEach(async () => {
    clock = new RealSleepClock();
    table = await dynamodb.table(clock);
    log = over(table);
  });

  it('has a row that expires, after its cursors', async () => {
    await log.head('lobby');

    const meta = await table.get(META);

    expect(meta?.ttl).toBe(Math.ceil((await expiresAt()) / 1000));
    expect(await expiresAt()).toBeGreaterThan(clock.now() + RETENTION_MS);
  });

  it('keeps its row from the first publication on, in the same epoch', async () => {
    const { epoch } = await log.head('lobby');

    expect((await append(log, 'one')).publication).toMatchObject({ epoch, offset: 1 });

    expect(Object.keys((await table.get(META)) ?? {}).sort()).toEqual(['epoch', 'pk', 'sk', 'startedAt']);
    expect((await append(log, 'two')).publication).toMatchObject({ epoch, offset: 2 });
  });

  it('has its row kept before anything is published', async () => {
    const faulty = new FaultyTable(table, { at: 'publication', what: 'dies before' });
    void append(over(faulty), 'lost').catch(() => {});
    await faulty.struck;

    expect(await table.get(META)).not.toHaveProperty('ttl');
    expect((await table.query({ pk: META.pk })).rows).toHaveLength(1);
  });

  it.each([HOUR_MS - 1, 0, -HOUR_MS])(
    'begins anew with its first publication %d ms before its row expires',
    async (left) => {
      const old = await log.head('lobby');
      clock.advance((await expiresAt()) - clock.now() - left);

      const { publication } = await append(log, 'one');

      expect(publication.offset).toBe(1);
      expect(publication.epoch > old.epoch).toBe(true);
      expect(await table.get(META)).toMatchObject({ epoch: publication.epoch });
      expect(await table.get(META)).not.toHaveProperty('ttl');
    },
  );

  it('starts over when its row vanishes before it is kept', async () => {
    const old = await log.head('lobby');
    clock.advance(1);
    const vanishing = new CountingTable(table, []);
    let vanished = false;
    vanishing.put = async (row, onlyIf) => {
      if (row.sk === 'META' && !vanished) await table.delete(META);
      vanished = true;
      return table.put(row, onlyIf);
    };

    const { publication } = await append(over(vanishing), 'one');

    expect(publication.epoch > old.epoch).toBe(true);
    expect(await table.get(META)).toMatchObject({ epoch: publication.epoch });
    expect(await log.head('lobby')).toEqual({ epoch: publication.epoch, offset: 1 });
  });

  it('takes nothing into an epoch that was replaced before its row was kept', async () => {
    await log.head('lobby');
    const sleeper = new FaultyTable(table, { at: 'room', what: 'sleeps before' });
    const late = append(over(sleeper), 'late');
    await sleeper.struck;
    clock.advance((await expiresAt()) - clock.now());
    const anew = await log.head('lobby');
    sleeper.wake();

    await expect(late).rejects.toMatchObject({ code: 'conflict' });
    expect(await log.head('lobby')).toEqual(anew);
    expect((await append(log, 'one')).publication).toMatchObject({ ...anew, offset: 1 });
  });
});
