import { expect, it } from '@jest/globals';
import { MySqlConnectionRepository } from '../../../src/adapters/mysql/connection-repository.js';
import type { Database } from '../../../src/adapters/mysql/database/database.js';
import { MySqlPublicationLog } from '../../../src/adapters/mysql/log/publication-log.js';
import { MySqlUsedTokens } from '../../../src/adapters/mysql/used-tokens.js';
import { SystemRandom } from '../../../src/adapters/system/system-random.js';
import { append, LONG_AFTER_MS } from '../../contracts/publication-log/publication-logs.js';
import { connectionOf } from '../../contracts/repositories.js';
import { describeOnMySql } from '../../support/servers/mysql.js';
import { VirtualClock } from '../../support/time/virtual-clock.js';

const TABLES = ['publications', 'claims', 'connections', 'memberships', 'used_tokens', 'heads'];

/** Random numbers with which an append never deletes expired rows, or always does. */
class Chosen extends SystemRandom {
  constructor(private readonly chosen: number) {
    super();
  }

  override number(): number {
    return this.chosen;
  }
}

describeOnMySql('Expired rows on MySQL', (mysql) => {
  const counts = async (database: Database) => {
    const rows = await Promise.all(
      TABLES.map((table) => database.rows(`SELECT COUNT(*) AS count FROM switchboard_${table}`, [])),
    );
    return Object.fromEntries(rows.flat().map(({ count }, n) => [TABLES[n], count]));
  };

  it('are deleted by one append in fifty, at most 200 of a table at once; a room keeps its epoch', async () => {
    const clock = new VirtualClock();
    const database = await mysql.database(clock);
    const never = new MySqlPublicationLog(database, clock, new Chosen(0.5));
    for (let n = 0; n < 210; n += 1) await append(never, n, `key-${n}`);
    await never.head('unpublished');
    await new MySqlConnectionRepository(database, clock).save(connectionOf('alice', 'a=', clock.now()));
    await new MySqlUsedTokens(database, clock).use('ticket', clock.now() + 1);
    const before = await never.head('lobby');
    clock.advance(2 * LONG_AFTER_MS);
    await append(never, 'kept', 'kept', 'other');

    await database.change('CALL switchboard_expire(?)', [200]);

    expect(await counts(database)).toEqual({
      publications: 11,
      claims: 11,
      connections: 0,
      memberships: 0,
      used_tokens: 0,
      heads: 2,
    });
    expect(await never.head('lobby')).toEqual(before);
    await append(new MySqlPublicationLog(database, clock, new Chosen(0.01)), 'sweeps', 'sweeps', 'other');
    while ((await counts(database)).publications !== 2);
    expect((await append(never, 'anew')).publication.epoch > before.epoch).toBe(true);
  });
});
