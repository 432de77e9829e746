import { afterEach, expect, it } from '@jest/globals';
import { connectionOptions } from '../../../src/adapters/mysql/database/connection-options.js';
import type { Database } from '../../../src/adapters/mysql/database/database.js';
import { migrate } from '../../../src/adapters/mysql/migrations/migrate.js';
import { MIGRATIONS } from '../../../src/adapters/mysql/migrations/migrations.js';
import { describeOnMySql } from '../../support/servers/mysql.js';
import { describeOnOwnMySql, type OwnMySqlServer } from '../../support/servers/own-mysql-server.js';
import { TestMySql } from '../../support/servers/test-mysql.js';

const UNAVAILABLE = { code: 'unavailable' };

describeOnMySql('A MySQL server', (mysql) => {
  it('escapes values so that they cannot become SQL', async () => {
    const database = await mysql.database();
    const texts = ["'; DROP TABLE switchboard_heads; -- ", '\\', "\\'", '"', '\u0000\n\u001a', '🙂', '?'];

    for (const text of texts) {
      const [row] = await database.rows('SELECT ? AS text, CONCAT(?, ?) AS twice', [text, text, text]);
      expect(row).toEqual({ text, twice: text + text });
    }
  });

  it.each([[{ toString: 'x' }], [['a']], [1.5], [Number.NaN], [undefined], [true], [2 ** 53]])(
    'refuses a value of another kind: %j',
    async (value) => {
      const database = await mysql.database();

      await expect(database.rows('SELECT ? AS value', [value as never])).rejects.toThrow(TypeError);
    },
  );

  it('is migrated once, even if many processes do it', async () => {
    const options = connectionOptions(await mysql.url({ bare: true }), undefined);

    const made = await Promise.all(Array.from({ length: 3 }, () => migrate(options)));

    expect(made.toSorted((a, b) => b.length - a.length)).toEqual([
      MIGRATIONS.map(({ number }) => number),
      [],
      [],
    ]);
    expect(await migrate(options)).toEqual([]);
  });

  it('reveals nothing about a failing statement', async () => {
    const database = await mysql.database();

    const failure = await database.rows('SELECT ? FROM nowhere', ['secret']).catch((error: unknown) => error);

    expect(String(failure)).toBe('Error: MySQL: ER_NO_SUCH_TABLE (1146)');
    expect(JSON.stringify(Object.entries(failure as object))).not.toContain('secret');
  });

  it('whose connections were closed is reached through new ones', async () => {
    const url = await mysql.url();
    const [database, killer] = [await mysql.open(url), await mysql.open(url)];
    const ids = await Promise.all(
      Array.from({ length: 5 }, () =>
        database.rows('SELECT CONNECTION_ID() AS id, SLEEP(0.05) AS slept', []),
      ),
    );
    for (const { id } of ids.flat()) await killer.rows('KILL ?', [id as number]).catch(() => {});

    const answers = await Promise.all(Array.from({ length: 10 }, () => database.rows('SELECT 1 AS one', [])));
    expect(answers.flat()).toEqual(Array(10).fill({ one: 1 }));
  });

  it('is not waited for when a signal aborts', async () => {
    const database = await mysql.database();
    const stop = new AbortController();
    const slow = database.rows('SELECT SLEEP(600) AS slept', [], stop.signal);
    stop.abort(new Error('enough'));

    await expect(slow).rejects.toThrow('enough');
    expect(await database.rows('SELECT 1 AS one', [])).toEqual([{ one: 1 }]);
  });
});

describeOnOwnMySql('A separate MySQL server', (server: () => OwnMySqlServer) => {
  let mysql: TestMySql;
  const opened = async (): Promise<Database> => {
    mysql = new TestMySql(server().url);
    return mysql.database();
  };
  afterEach(async () => {
    await server().do(
      "SET GLOBAL read_only = 0, GLOBAL sql_mode = 'STRICT_TRANS_TABLES', GLOBAL max_connections = 100, GLOBAL innodb_flush_log_at_trx_commit = 1",
    );
    await mysql.close();
  });
  const write = (database: Database) =>
    database.change('INSERT INTO switchboard_used_tokens (id, expires_at) VALUES (UUID(), ?)', [1]);

  it.each([
    ["sql_mode = 'NO_BACKSLASH_ESCAPES'", /NO_BACKSLASH_ESCAPES/],
    ['innodb_flush_log_at_trx_commit = 2', /innodb_flush_log_at_trx_commit/],
    ['read_only = 1', /read-only/],
  ])('is refused with %s', async (setting, reason) => {
    await opened();
    const bare = await mysql.url({ bare: true });
    const database = await mysql.open(await mysql.url());
    await server().do(`SET GLOBAL ${setting}`);

    await expect(migrate(connectionOptions(bare, undefined))).rejects.toThrow(reason);
    await expect(database.rows('SELECT 1', [])).rejects.toThrow();
  });

  it('whose schema is up to date asks for no right to make one', async () => {
    await opened();
    const url = await mysql.url();
    const bare = await mysql.url({ bare: true });
    await server().do('CREATE OR REPLACE USER clerk IDENTIFIED BY "clerk"');
    await server().do('GRANT SELECT, INSERT, UPDATE, DELETE, EXECUTE ON *.* TO clerk');
    const asClerk = (one: string) => connectionOptions(one.replace('root@', 'clerk:clerk@'), undefined);

    expect(await migrate(asClerk(url))).toEqual([]);
    await expect(migrate(asClerk(bare))).rejects.toThrow(/CREATE command denied/);
    await expect(migrate(asClerk(bare))).rejects.toThrow(
      /^The database lacks migrations up to 6\. Run npm run migrate as a user who may make them: /,
    );
  });

  it('that becomes read-only is unavailable, and later available again', async () => {
    await opened();
    await server().do('CREATE OR REPLACE USER app IDENTIFIED BY "app"');
    await server().do('GRANT ALL ON *.* TO app');
    await server().do('REVOKE READ ONLY ADMIN, SUPER ON *.* FROM app');
    const app = await mysql.open((await mysql.url()).replace('root@', 'app:app@'));
    await write(app);
    await server().do('SET GLOBAL read_only = 1');

    await expect(write(app)).rejects.toMatchObject(UNAVAILABLE);
    await server().do('SET GLOBAL read_only = 0');
    expect(await write(app)).toBe(1);
  });

  it('without a free connection is unavailable, and later available again', async () => {
    const open = await opened();
    await open.rows('SELECT 1', []);
    const url = await mysql.url();
    await server().do('SET GLOBAL max_connections = 10');
    const crowd = await Promise.all([mysql.open(url), mysql.open(url)]);

    const answers = await Promise.allSettled(
      crowd.flatMap((one) => Array.from({ length: 10 }, () => one.rows('SELECT SLEEP(0.5) AS slept', []))),
    );

    const refused = answers.filter((one) => one.status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    for (const { reason } of refused) expect(reason).toMatchObject(UNAVAILABLE);
    await open.change('SET GLOBAL max_connections = 100', []);
    expect(await (await mysql.open(url)).rows('SELECT 1 AS one', [])).toEqual([{ one: 1 }]);
  });

  it('that does not answer is unavailable, over old and new connections, and later available again', async () => {
    const database = await opened();
    const url = await mysql.url();
    const fresh = await mysql.open(url);
    await write(database);
    await server().freeze();

    const answers = await Promise.allSettled([write(database), write(fresh)]);

    server().continue();
    for (const answer of answers) expect(answer).toMatchObject({ status: 'rejected', reason: UNAVAILABLE });
    expect(await write(database)).toBe(1);
    expect(await write(fresh)).toBe(1);
  });

  it('that was killed and started again is asked through new connections', async () => {
    const database = await opened();
    await write(database);
    await server().end('SIGKILL');
    await expect(write(database)).rejects.toMatchObject(UNAVAILABLE);

    await server().run();

    expect(await write(database)).toBe(1);
    const [row] = await database.rows('SELECT COUNT(*) AS kept FROM switchboard_used_tokens', []);
    expect(row?.kept).toBe(2);
  });
});
