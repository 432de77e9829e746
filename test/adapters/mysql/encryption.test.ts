import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { generate } from 'selfsigned';
import { connectionOptions } from '../../../src/adapters/mysql/database/connection-options.js';
import { Connections } from '../../../src/adapters/mysql/database/connections.js';
import { PooledDatabase } from '../../../src/adapters/mysql/database/pooled-database.js';
import { describeOnOwnMySql } from '../../support/servers/own-mysql-server.js';
import { TestMySql } from '../../support/servers/test-mysql.js';

const folder = mkdtempSync(join(tmpdir(), 'switchboard-tls-'));
const write = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

/** Its own certificate authority. */
const certificate = async (host: string) => {
  const { cert, private: key } = await generate([{ name: 'commonName', value: host }], {
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: host }] },
    ],
  });
  return { cert: write(`${host}.pem`, cert), key: write(`${host}.key`, key) };
};

const ours = await certificate('localhost');
const anothers = await certificate('db.example');

describeOnOwnMySql(
  'A connection with MYSQL_CA_FILE',
  (server) => {
    const cipher = async (caFile: string) => {
      const url = await new TestMySql(server().url, true).url();
      const connections = await Connections.open(
        connectionOptions(url.replace('127.0.0.1', 'localhost'), caFile),
        1,
      );
      try {
        const database = new PooledDatabase(connections);
        const [row] = await database.rows("SHOW SESSION STATUS LIKE 'Ssl_cipher'", []);
        return row?.Value;
      } finally {
        await connections.close();
      }
    };

    it('is encrypted', async () => {
      expect(await cipher(ours.cert)).toMatch(/^TLS_/);
    });

    it('refuses a certificate of another authority', async () => {
      await expect(cipher(anothers.cert)).rejects.toThrow();
    });

    it('refuses a certificate of another host', async () => {
      await server().end();
      await server().run(`--ssl-cert=${anothers.cert}`, `--ssl-key=${anothers.key}`);

      await expect(cipher(anothers.cert)).rejects.toThrow();
    });
  },
  `--ssl-cert=${ours.cert}`,
  `--ssl-key=${ours.key}`,
);
