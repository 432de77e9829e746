import { expect, it } from '@jest/globals';
import { beginOnMySql } from '../../../scripts/operators/new-epochs/begin-on-mysql.js';
import { MySqlPublicationLog } from '../../../src/adapters/mysql/log/publication-log.js';
import { SystemRandom } from '../../../src/adapters/system/system-random.js';
import { append } from '../../contracts/publication-log/publication-logs.js';
import { describeOnMySql } from '../../support/servers/mysql.js';
import { VirtualClock } from '../../support/time/virtual-clock.js';

describeOnMySql('npm run new-epochs on MySQL', (mysql) => {
  it('begins an epoch in every room that sorts after the one before, and forgets the keys of ended ones', async () => {
    const clock = new VirtualClock();
    const database = await mysql.database(clock);
    const log = new MySqlPublicationLog(database, clock, new SystemRandom());
    const { publication: old } = await append(log, 'one', 'k1');
    await append(log, 'one', 'k1', 'garden');

    expect(await beginOnMySql(database)).toEqual({ rooms: 2, keys: 2 });

    const head = await log.head('lobby');
    expect(head.offset).toBe(0);
    expect(head.epoch > old.epoch).toBe(true);
    const again = await append(log, 'one', 'k1');
    expect(again).toMatchObject({ repeated: false, publication: { epoch: head.epoch, offset: 1 } });
    expect(await beginOnMySql(database)).toEqual({ rooms: 2, keys: 1 });
  });
});
