import { expect, it } from '@jest/globals';
import { MySqlPublicationLog } from '../../../src/adapters/mysql/log/publication-log.js';
import { SystemRandom } from '../../../src/adapters/system/system-random.js';
import { append, LONG_AFTER_MS } from '../../contracts/publication-log/publication-logs.js';
import { describeOnMySql } from '../../support/servers/mysql.js';
import { VirtualClock } from '../../support/time/virtual-clock.js';

describeOnMySql('A log on MySQL that has moved', (mysql) => {
  it('takes no publication, ever, and can still be read', async () => {
    const clock = new VirtualClock();
    const database = await mysql.database(clock);
    const log = new MySqlPublicationLog(database, clock, new SystemRandom());
    const { publication } = await append(log, 'one', 'k1');
    await database.change('UPDATE switchboard_moves SET moved_at = 1', []);

    expect(await log.range('lobby', publication.epoch, 1, 9)).toHaveLength(1);
    for (const laterMs of [0, LONG_AFTER_MS, 10 * LONG_AFTER_MS]) {
      clock.advance(laterMs);
      for (const room of ['lobby', 'unknown'])
        for (const key of ['k1', 'k2', undefined])
          await expect(append(log, 'two', key, room)).rejects.toMatchObject({ code: 'unavailable' });
      expect(await log.head('lobby')).toEqual({ epoch: publication.epoch, offset: 1 });
    }
  });
});
