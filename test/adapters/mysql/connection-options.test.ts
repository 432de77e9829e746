import { X509Certificate } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { connectionOptions } from '../../../src/adapters/mysql/database/connection-options.js';

it('names the server, the user and the database', () => {
  expect(connectionOptions('mysql://al%40ice:p%2Fw@db.example:3307/chat', undefined)).toMatchObject({
    host: 'db.example',
    port: 3307,
    user: 'al@ice',
    password: 'p/w',
    database: 'chat',
  });
  expect(connectionOptions('mysql://root@[::1]/chat', undefined)).toMatchObject({ host: '::1', port: 3306 });
});

it.each(['localhost', '127.0.0.1', '[::1]'])('is not encrypted on this machine: %s', (host) => {
  expect(connectionOptions(`mysql://root@${host}/chat`, undefined)).not.toHaveProperty('ssl');
});

it.each(['db.example', '10.0.0.1', '127.0.0.1.example', 'localhost.example'])(
  'is encrypted to other machines, and checks the certificate: %s',
  (host) => {
    expect(connectionOptions(`mysql://root@${host}/chat`, undefined).ssl).toEqual({
      minVersion: 'TLSv1.2',
      rejectUnauthorized: true,
      verifyIdentity: true,
    });
  },
);

it.each(['db.abc.eu-west-1.rds.amazonaws.com', 'db.abc.rds.cn-north-1.rds.amazonaws.com.cn'])(
  'trusts the authority of RDS, and public ones, at %s',
  (host) => {
    const { ca, verifyIdentity } = connectionOptions(`mysql://root@${host}/chat`, undefined).ssl as {
      ca: string[];
      verifyIdentity: boolean;
    };
    const issuers = ca.map((pem) => new X509Certificate(pem).issuer).join();

    expect(issuers).toMatch(/Amazon RDS eu-west-1 Root CA/);
    expect(issuers).toMatch(/Amazon Root CA 1/);
    expect(verifyIdentity).toBe(true);
  },
);

it('trusts the authority of the file', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'switchboard-ca-')), 'ca.pem');
  writeFileSync(file, 'an authority');

  expect(connectionOptions('mysql://root@127.0.0.1/chat', file).ssl).toMatchObject({ ca: 'an authority' });
});

it.each([
  '',
  'nonsense of secret',
  'http://root:secret@localhost/chat',
  'mysql://root:secret@localhost',
  'mysql://root:secret@localhost/',
  'mysql://root:secret@localhost/chat?multipleStatements=true',
])('refuses, without quoting it: %s', (url) => {
  expect(() => connectionOptions(url, undefined)).toThrow(
    'is not a URL such as mysql://user:password@host:3306/database',
  );
});
