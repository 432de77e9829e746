import { expect, it } from '@jest/globals';
import { connectionOptions } from '../../../src/adapters/mysql/database/connection-options.js';
import { SCHEMA } from '../../../src/adapters/mysql/database/schema-check.js';
import { migrate } from '../../../src/adapters/mysql/migrations/migrate.js';
import { MIGRATIONS } from '../../../src/adapters/mysql/migrations/migrations.js';
import { describeOnMySql } from '../../support/servers/mysql.js';

it('The schema of this version is that of the newest migration', () => {
  expect(SCHEMA).toBe(MIGRATIONS.at(-1)?.number);
});

describeOnMySql('A database on MySQL', (mysql) => {
  const refusal = (reason: string) => ({
    code: 'unavailable',
    cause: { message: `The MySQL database ${reason}. Run npm run migrate.` },
  });

  it('without the schema is unavailable, with a line that says how to make it', async () => {
    const database = await mysql.open(await mysql.url({ bare: true }));

    await expect(database.rows('SELECT 1', [])).rejects.toMatchObject(refusal('has no schema'));
    await expect(database.call('switchboard_head', [])).rejects.toMatchObject(refusal('has no schema'));
  });

  it('with an older schema is unavailable until it is migrated', async () => {
    const url = await mysql.url();
    await (await mysql.open(url)).change('DELETE FROM switchboard_migrations WHERE number = ?', [SCHEMA]);
    const database = await mysql.open(url);
    const reason = `has the schema of migration ${SCHEMA - 1}, not ${SCHEMA}`;

    await expect(database.rows('SELECT 1', [])).rejects.toMatchObject(refusal(reason));
    await migrate(connectionOptions(url, undefined));

    expect(await database.rows('SELECT 1 AS one', [])).toEqual([{ one: 1 }]);
  });

  it('with the schema of a later version serves this one', async () => {
    const url = await mysql.url();
    await (await mysql.open(url)).change('INSERT INTO switchboard_migrations (number) VALUES (?)', [
      SCHEMA + 1,
    ]);

    expect(await (await mysql.open(url)).rows('SELECT 1 AS one', [])).toEqual([{ one: 1 }]);
  });
});
