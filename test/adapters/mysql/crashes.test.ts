import { once } from 'node:events';
import { createServer, connect as dial, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it } from '@jest/globals';
import type { Database } from '../../../src/adapters/mysql/database/database.js';
import { MySqlPublicationLog } from '../../../src/adapters/mysql/log/publication-log.js';
import { SystemClock } from '../../../src/adapters/system/system-clock.js';
import { SystemRandom } from '../../../src/adapters/system/system-random.js';
import type { Publication } from '../../../src/domain/publications/publication.js';
import { append, contents, dataOf, offsetsTo } from '../../contracts/publication-log/publication-logs.js';
import { describeOnOwnMySql } from '../../support/servers/own-mysql-server.js';
import { TestMySql } from '../../support/servers/test-mysql.js';

const logOn = (database: Database) =>
  new MySqlPublicationLog(database, new SystemClock(), new SystemRandom());

/** Like a client, repeats with the same key until the ack. */
const insist = async (log: MySqlPublicationLog, data: unknown, key: string): Promise<Publication> => {
  for (;;) {
    try {
      return (await append(log, data, key)).publication;
    } catch (error) {
      expect(error).toMatchObject({ code: 'unavailable' });
      await sleep(50);
    }
  }
};

/** A proxy between this process and a server: it cuts a connection instead of every seventh answer. */
const losingProxy = async (port: number): Promise<Server> => {
  let answers = 0;
  const server = createServer((client: Socket) => {
    const upstream = dial(port, '127.0.0.1');
    const end = () => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) socket.on('error', end).on('close', end);
    client.pipe(upstream);
    upstream.on('data', (data) => {
      answers += 1;
      if (answers % 7 === 0) end();
      else client.write(data);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
};

describeOnOwnMySql('200 publishers in one room, each with a key', (server) => {
  let mysql: TestMySql;
  afterEach(() => mysql.close());

  const publishers = (logs: MySqlPublicationLog[]) =>
    Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        insist(logs[n % logs.length] as MySqlPublicationLog, n, `k-${n}`),
      ),
    );

  const expectEachOnce = async (log: MySqlPublicationLog, acked: Publication[]) => {
    const found = await contents(log);
    expect(found.map(({ offset }) => offset)).toEqual(offsetsTo(200));
    expect(new Set(found.map(dataOf)).size).toBe(200);
    expect(found).toEqual(acked.toSorted((a, b) => a.offset - b.offset));
  };

  it('are numbered 1…200 through two processes', async () => {
    mysql = new TestMySql(server().url);
    const url = await mysql.url();
    const logs = [logOn(await mysql.open(url)), logOn(await mysql.open(url))];

    const acked = await publishers(logs);

    await expectEachOnce(logs[0] as MySqlPublicationLog, acked);
  });

  it('are each published once when the server is killed twice and started again', async () => {
    mysql = new TestMySql(server().url);
    const url = await mysql.url();
    const logs = [logOn(await mysql.open(url)), logOn(await mysql.open(url))];

    const publishing = publishers(logs);
    for (let count = 0; count < 2; count += 1) {
      await append(logs[0] as MySqlPublicationLog, 'first', undefined, 'elsewhere');
      await server().end('SIGKILL');
      await server().run();
    }

    await expectEachOnce(logs[0] as MySqlPublicationLog, await publishing);
  });

  it('are each published once when every seventh answer is lost', async () => {
    mysql = new TestMySql(server().url);
    const url = await mysql.url();
    const proxy = await losingProxy(server().port);
    const { port } = proxy.address() as { port: number };
    const through = logOn(await mysql.open(url.replace(String(server().port), String(port))));

    const acked = await publishers([through]);

    await expectEachOnce(logOn(await mysql.open(url)), acked);
    proxy.close();
  });
});

describeOnOwnMySql(
  'A full disk',
  (server) => {
    let mysql: TestMySql;
    afterEach(() => mysql.close());

    it('is answered with unavailable, and loses no acked message', async () => {
      mysql = new TestMySql(server().url, true);
      const log = logOn(await mysql.database());
      const acked: Publication[] = [];
      const fill = async () => {
        for (;;) acked.push((await append(log, 'x'.repeat(16_000))).publication);
      };

      await expect(fill()).rejects.toMatchObject({ code: 'unavailable' });

      expect(acked.length).toBeGreaterThan(0);
      expect((await contents(log)).map(({ id }) => id)).toEqual(acked.map(({ id }) => id));
    });
  },
  '--innodb-file-per-table=0',
  '--innodb-data-file-path=ibdata1:12M:autoextend:max:14M',
);
