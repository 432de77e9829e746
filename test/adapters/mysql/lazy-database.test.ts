import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { connectionOptions } from '../../../src/adapters/mysql/database/connection-options.js';
import { Connections } from '../../../src/adapters/mysql/database/connections.js';
import { LazyDatabase } from '../../../src/adapters/mysql/database/lazy-database.js';
import { PooledDatabase } from '../../../src/adapters/mysql/database/pooled-database.js';
import { describeOnMySql } from '../../support/servers/mysql.js';

describeOnMySql('A lazy database', (mysql) => {
  const opened = async (url: string) => {
    const connections = await Connections.open(connectionOptions(url, undefined), 1);
    return { database: new PooledDatabase(connections), close: () => connections.close() };
  };

  it('reads the secret with its first call, and again only when the server refuses the password', async () => {
    const url = new URL(await mysql.url());
    const root = await mysql.open(url.href);
    const user = `u_${randomUUID().slice(0, 8)}`;
    await root.change(`CREATE USER ${user}@'%' IDENTIFIED BY 'first'`, []);
    await root.change(`GRANT SELECT ON *.* TO ${user}@'%'`, []);
    url.username = user;
    let password = 'first';
    const passwords: string[] = [];
    const late = new LazyDatabase(() => {
      passwords.push(password);
      url.password = password;
      return opened(url.href);
    });
    expect(passwords).toEqual([]);

    await late.rows('SELECT 1', []);
    await late.rows('SELECT 1', []);
    password = 'second';
    await root.change(`ALTER USER ${user}@'%' IDENTIFIED BY 'second'`, []);
    const [connection] = await late.rows('SELECT CONNECTION_ID() AS id', []);
    await root.change(`KILL ${Number(connection?.id)}`, []);
    const answers = await Promise.all([late.rows('SELECT 2 AS two', []), late.rows('SELECT 2 AS two', [])]);

    expect(answers.flat()).toEqual([{ two: 2 }, { two: 2 }]);
    expect(passwords).toEqual(['first', 'second']);
    await late.close();
    await root.change(`DROP USER ${user}@'%'`, []);
  });

  it('is unavailable while it cannot be opened, and opened by a later call', async () => {
    const url = await mysql.url();
    let fails = true;
    const late = new LazyDatabase(async () => {
      if (fails) throw new Error('no secret');
      return opened(url);
    });

    await expect(late.rows('SELECT 1', [])).rejects.toMatchObject({ code: 'unavailable' });
    fails = false;

    expect(await late.rows('SELECT 1 AS one', [])).toEqual([{ one: 1 }]);
    await late.close();
  });

  it('is never open with a password that no server accepts', async () => {
    const url = new URL(await mysql.url());
    url.username = 'an_unknown_user';
    const late = new LazyDatabase(() => opened(url.href));

    await expect(late.rows('SELECT 1', [])).rejects.toMatchObject({ code: 'ER_ACCESS_DENIED_ERROR' });
  });
});
