import { expect, it } from '@jest/globals';
import { createConnection } from 'mysql2/promise';
import { connectionOptions } from '../../../src/adapters/mysql/database/connection-options.js';
import type { Database, Row } from '../../../src/adapters/mysql/database/database.js';
import { removeExpired } from '../../../src/adapters/mysql/database/expired-rows.js';
import { MySqlPublicationLog } from '../../../src/adapters/mysql/log/publication-log.js';
import { SystemRandom } from '../../../src/adapters/system/system-random.js';
import { append, dataOf, LONG_AFTER_MS } from '../../contracts/publication-log/publication-logs.js';
import { describeOnMySql } from '../../support/servers/mysql.js';
import { VirtualClock } from '../../support/time/virtual-clock.js';

const ROOMS = ['lobby', 'den', 'team:42', 'old'];
const EXPIRED = 450;

/** Each append deletes expired rows. */
class Always extends SystemRandom {
  override number(): number {
    return 0;
  }
}

/** Expired publications of the room `old`. */
const fill = async (database: Database, at: number): Promise<void> => {
  const rows = Array.from({ length: EXPIRED }, (_, n) => [
    'old',
    '1',
    n,
    `id-${n}`,
    'alice',
    at,
    at,
    'r',
    '1',
  ]);
  await database.change(
    `INSERT INTO switchboard_publications
      (room, epoch, log_offset, id, user_id, published_at, expires_at, request_id, data)
      VALUES ${rows.map(() => '(?, ?, ?, ?, ?, ?, ?, ?, ?)').join(', ')}`,
    rows.flat(),
  );
};

describeOnMySql('Many expired rows on MySQL', (mysql) => {
  it('are deleted 200 at once while others publish, and nothing that is live is', async () => {
    const clock = new VirtualClock();
    const database = await mysql.database(clock);
    await fill(database, clock.now());
    clock.advance(LONG_AFTER_MS);
    const passes: Promise<Row[]>[] = [];
    const watched: Database = {
      rows: (...asked) => database.rows(...asked),
      change: (...asked) => database.change(...asked),
      call: (procedure, values, signal) => {
        const answer = database.call(procedure, values, signal);
        if (procedure === 'switchboard_expire') passes.push(answer);
        return answer;
      },
    };
    const log = new MySqlPublicationLog(watched, clock, new Always());

    const numbers = Array.from({ length: 40 }, (_, n) => n);
    const acked = await Promise.all(
      numbers.map((n) => append(log, n, `key-${n}`, ROOMS[n % ROOMS.length] as string)),
    );
    const settled = await Promise.allSettled(passes);
    const deleted = settled.map((pass) => (pass.status === 'fulfilled' ? Number(pass.value[0]?.deleted) : 0));
    let left = 0;
    for (let found = 1; found > 0; left += found) found = await removeExpired(database);

    expect(passes).toHaveLength(numbers.length);
    expect(Math.max(...deleted)).toBeLessThanOrEqual(200);
    expect(deleted.reduce((sum, one) => sum + one, left)).toBe(EXPIRED);
    for (const { publication } of acked) {
      const { room, epoch, offset } = publication;
      expect((await log.range(room, epoch, offset, offset)).map(dataOf)).toEqual([dataOf(publication)]);
    }
    expect((await append(log, 0, 'key-0', 'lobby')).repeated).toBe(true);
  });

  it('that cannot be deleted yet hold up no append', async () => {
    const clock = new VirtualClock();
    const url = await mysql.url();
    const database = await mysql.open(url, clock);
    await fill(database, clock.now());
    clock.advance(LONG_AFTER_MS);
    const reader = await createConnection(connectionOptions(url, undefined));
    try {
      // So that it locks the rows, and no gap between them.
      await reader.query('SET TRANSACTION ISOLATION LEVEL READ COMMITTED');
      await reader.query('START TRANSACTION');
      await reader.query('SELECT * FROM switchboard_publications FOR UPDATE');
      const log = new MySqlPublicationLog(database, clock, new Always());

      for (let n = 1; n <= 5; n += 1) expect((await append(log, n)).publication.offset).toBe(n);
    } finally {
      reader.destroy();
    }
  });
});
