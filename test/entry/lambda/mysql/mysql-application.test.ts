import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ALL_PERMISSIONS } from '../../../../src/domain/access/permissions.js';
import { USE_CASES } from '../../../../src/entry/application.js';
import { EventLog } from '../../../../src/entry/event-log.js';
import { createRouter } from '../../../../src/entry/lambda/handlers/create-router.js';
import { createMySqlApplication } from '../../../../src/entry/lambda/mysql/mysql-application.js';
import { messageEvent } from '../../../robustness/fuzz/router-world.js';
import { describeOnMySql } from '../../../support/servers/mysql.js';

const STAGE = {
  STORE: 'mysql',
  CALLBACK_URL: 'https://api.example/dev',
  AUTH_MODE: 'guest',
  LOG_LEVEL: 'silent',
  MYSQL_SECRET_ARN: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:chat-AbCdEf',
};

it.each([
  ['STORE', 'STORE dynamodb needs the bundles of a stage with `store: dynamodb`'],
  ['MYSQL_SECRET_ARN', 'MYSQL_SECRET_ARN is not set'],
  ['CALLBACK_URL', 'CALLBACK_URL is not set'],
])('functions do not start without %s', (variable, line) => {
  expect(() => createMySqlApplication({ ...STAGE, [variable]: '' })).toThrow(line);
});

it.each(Object.entries(USE_CASES))('functions build %s when it is first used', (name, useCase) => {
  const { application } = createMySqlApplication(STAGE);

  expect(application[name as keyof typeof USE_CASES]).toBeInstanceOf(useCase);
});

describeOnMySql('A function on MySQL', (mysql) => {
  let secret: object;
  const asked: unknown[] = [];
  const secrets = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      asked.push({ target: request.headers['x-amz-target'], ...JSON.parse(body) });
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      response.end(JSON.stringify({ SecretString: JSON.stringify(secret) }));
    });
  });
  const before = process.env;

  beforeAll(async () => {
    await new Promise<void>((listening) => secrets.listen(0, '127.0.0.1', listening));
    process.env = {
      ...before,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: `http://127.0.0.1:${(secrets.address() as AddressInfo).port}`,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'id',
      AWS_SECRET_ACCESS_KEY: 'key',
    };
  });

  afterAll(() => {
    process.env = before;
    secrets.close();
  });

  it('answers unavailable where there is no schema, and logs one line that says how to make it', async () => {
    const url = new URL(await mysql.url({ bare: true }));
    const [host, port] = [url.hostname, Number(url.port)];
    secret = { username: 'root', password: '', host, port, dbname: url.pathname.slice(1) };
    const { application, close } = createMySqlApplication(STAGE);
    const lines: Record<string, unknown>[] = [];
    const router = createRouter(
      application,
      new EventLog('info', { write: (line: string) => lines.push(JSON.parse(line)) }),
    );

    const { body } = await router(messageEvent('join', '{"action":"join","room":"lobby"}'));

    expect(JSON.parse(body ?? '')).toMatchObject({ type: 'error', code: 'unavailable' });
    expect(lines).toMatchObject([
      {
        outcome: 'unavailable',
        error: { message: 'The MySQL database has no schema. Run npm run migrate.' },
      },
    ]);
    asked.length = 0;
    await close();
  });

  it('reads its secret once, by its ARN, and uses one connection', async () => {
    const url = new URL(await mysql.url());
    const [host, port] = [url.hostname, Number(url.port)];
    secret = { username: 'root', password: '', host, port, dbname: url.pathname.slice(1) };
    const observer = await mysql.open(url.href);
    const { application, removeExpired, close } = createMySqlApplication(STAGE);
    const identity = { connectionId: 'a=', userId: 'alice', connectedAt: Date.now(), requestId: 'r' };

    expect(asked).toEqual([]);
    expect(await application.connect.execute(identity)).toBe('connected');
    const reply = await application.joinRoom.execute(
      { ...identity, granted: ALL_PERMISSIONS },
      { action: 'join', room: 'lobby' },
    );
    expect(await removeExpired()).toBe(0);

    expect(reply).toMatchObject({ room: 'lobby', members: ['alice'] });
    expect(asked).toEqual([{ target: 'secretsmanager.GetSecretValue', SecretId: STAGE.MYSQL_SECRET_ARN }]);
    const [seen] = await observer.rows(
      'SELECT COUNT(*) AS connections FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()',
      [],
    );
    expect(seen).toEqual({ connections: 1 });
    await close();
  });
});
