import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LiveBill } from '../../../src/entry/local/bill/live-bill.js';
import { type Switchboard, startSwitchboard } from '../../../src/entry/local/start.js';
import { Client } from '../../system/e2e/support/client.js';

let switchboard: Switchboard;

beforeAll(async () => {
  const env = { LOG_LEVEL: 'silent' };
  switchboard = await startSwitchboard({ port: 0, memory: true, dataFolder: undefined, env });
});

afterAll(() => switchboard.stop());

/** Like `fetch`, which would normalise the path. */
const ask = (path: string, method = 'GET') =>
  new Promise<{ status: number | undefined; headers: NodeJS.Dict<string | string[]>; body: string }>(
    (resolve, reject) => {
      const { port } = switchboard.gateway;
      request({ host: '127.0.0.1', port, path, method }, async (response) => {
        const { statusCode: status, headers } = response;
        resolve({ status, headers, body: await text(response) });
      })
        .on('error', reject)
        .end();
    },
  );

describe('The chat page', () => {
  it('is at the root, beside the socket', async () => {
    const { status, headers, body } = await ask('/');

    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(body).toContain('<title>Switchboard</title>');
    expect((await ask('/dev')).status).toBe(426);
  });

  it('names no file that is not served', async () => {
    const named = new Set(['/']);

    // The set grows during the loop, so imported modules are requested too.
    for (const path of named) {
      const { status, body } = await ask(path);
      expect([path, status]).toEqual([path, 200]);
      for (const [, name] of body.matchAll(/(?:(?:src|href)="|from ')([\w./-]+)["']/g))
        named.add(new URL(String(name), `http://page${path}`).pathname);
    }

    expect(named).toContain('/switchboard-client.js');
    expect(named).toContain('/chat/outbox.js');
    expect(named).toContain('/page/theme.css');
  });

  it('lets only its own files run', async () => {
    const { headers } = await ask('/');
    const policy = String(headers['content-security-policy']).split('; ');

    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(String(policy)).not.toContain('unsafe');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('comes with the client library as one module', async () => {
    const { headers, body } = await ask('/switchboard-client.js');

    expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(body).toMatch(/export\s*\{[^}]*\bcreateClient\b/);
    expect(body).not.toMatch(/\bimport\b/);
  });

  it('learns the path of the socket, the way to sign in, and the path of the bill', async () => {
    expect(JSON.parse((await ask('/config.json')).body)).toEqual({
      socket: '/dev',
      auth: 'guest',
      bill: '/bill.json',
    });
  });

  it('gets the current bill each time it asks', async () => {
    const messages = async () => {
      const bill = JSON.parse((await ask('/bill.json')).body) as LiveBill;
      expect(bill).toMatchObject({ region: 'us-east-1', total: expect.stringMatching(/^\$\d/) });
      return bill.lines.find(({ kind }) => kind === 'messages');
    };
    expect(await messages()).toEqual({
      kind: 'messages',
      name: 'messages of 32 KB',
      amount: '0',
      price: '$0.00',
    });

    const client = await Client.connect(`${switchboard.gateway.url}?userId=alice`);
    await client.do('broadcast', { data: 'hi' });
    await client.hears('*', 'hi');

    // In, ack and push.
    expect(await messages()).toMatchObject({ amount: '3', price: '$0.000003000' });
    await client.close();
  });

  it.each([
    '/package.json',
    '/../package.json',
    '/demo/../package.json',
    '/%2e%2e/package.json',
    '/..%2fpackage.json',
    '/app.js/',
    '/./app.js',
    '//app.js',
    '/chat',
    '/chat/',
    '/__proto__',
    '/constructor',
    '/src/entry/local/main.ts',
  ])('serves nothing at %s', async (path) => {
    const { status, body } = await ask(path);

    expect([status, body]).toEqual([403, '{"message":"Forbidden"}']);
  });

  it('answers HEAD without a body, and otherwise only GET', async () => {
    const { status, headers, body } = await ask('/app.js', 'HEAD');

    expect([status, body]).toEqual([200, '']);
    expect(Number(headers['content-length'])).toBeGreaterThan(0);
    const refused = await ask('/app.js', 'POST');
    expect([refused.status, refused.headers.allow]).toEqual([405, 'GET, HEAD']);
  });
});
