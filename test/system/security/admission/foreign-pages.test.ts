import { once } from 'node:events';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ServerWorld } from '../../e2e/support/server-world.js';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'];

const PATHS = [
  '/',
  '//',
  '/index.html?x',
  '/config.json',
  '/bill.json',
  '/switchboard-client.js',
  '/metrics',
  '/functions/publish',
  '/functions/publish/',
  '/2015-03-31/functions/publish/invocations',
  '/2015-03-31/functions/disconnect-user/invocations',
  '/dev',
  '/dev/',
  '/dev/@connections/AAAAAAAAAAAAAAA=',
  '/dev/%40connections/AAAAAAAAAAAAAAA%3D',
  '/x/../dev/@connections/AAAAAAAAAAAAAAA=',
  'http://localhost/config.json',
  'http://localhost/dev/@connections/AAAAAAAAAAAAAAA=',
];

/** PORT stands for the program's. */
const FOREIGNERS: [string, Record<string, string>][] = [
  ['a rebound name', { host: 'evil.example:PORT' }],
  ['a rebound name with a dot', { host: 'evil.example.' }],
  ['a name that begins like this machine', { host: 'localhost.evil.example:PORT' }],
  ['a name that begins like its address', { host: '127.0.0.1.evil.example' }],
  ['a name that ends like this machine', { host: 'evillocalhost:PORT' }],
  ['the address of no machine', { host: '0.0.0.0:PORT' }],
  ['an IPv6 address of another machine', { host: '[2001:db8::1]:PORT' }],
  ['a link-local address', { host: '[fe80::1]:PORT' }],
  ['a mapped address of another machine', { host: '[::ffff:192.0.2.1]:PORT' }],
  ['a user name in front', { host: 'localhost@evil.example' }],
  ['no name', { host: ':PORT' }],
  ['a foreign page', { origin: 'https://evil.example' }],
  ['a foreign page in upper case', { origin: 'HTTP://EVIL.EXAMPLE:PORT' }],
  ['a page of a name that begins like this machine', { origin: 'http://localhost.evil.example:PORT' }],
  ['a page with a user name', { origin: 'http://localhost@evil.example' }],
  ['a sandboxed page', { origin: 'null' }],
  ['a file', { origin: 'file://localhost' }],
  ['an extension', { origin: 'moz-extension://localhost' }],
  ['a page of another machine in IPv6', { origin: 'http://[2001:db8::1]:PORT' }],
];

describe('A page of a stranger, in the browser beside the program', () => {
  let world: ServerWorld;
  beforeAll(async () => {
    world = await ServerWorld.start({ store: 'memory' });
  });
  afterAll(() => world.end());

  /** As if such a page could sign. */
  const ask = async (method: string, path: string, headers: Record<string, string>) => {
    const { port } = world.gateway;
    const own = { host: `localhost:${port}`, authorization: 'AWS4-HMAC-SHA256 Credential=x/y' };
    const named = Object.entries(headers).map(([name, value]) => [name, value.replace('PORT', String(port))]);
    const asked = request({
      host: '127.0.0.1',
      port,
      method,
      path,
      headers: { ...own, ...Object.fromEntries(named) },
    });
    asked.end(
      method === 'POST' ? '{"action":"broadcast","from":"$page","data":1,"userId":"alice"}' : undefined,
    );
    const [answer] = await once(asked, 'response');
    return {
      status: answer.statusCode as number,
      headers: Object.keys(answer.headers),
      body: await text(answer),
    };
  };

  it.each(FOREIGNERS)('gets nothing at any path by any method: %s', async (_, headers) => {
    const answered: string[] = [];
    for (const path of PATHS)
      for (const method of METHODS) {
        const { status, headers: names, body } = await ask(method, path, headers);
        const says = names.some((name) => name.startsWith('access-control')) || body.includes('"socket"');
        if ((status !== 403 && status !== 400) || says) answered.push(`${method} ${path} ${status}`);
      }

    expect(answered).toEqual([]);
  });

  it('is refused where the own page is served', async () => {
    for (const host of ['localhost:PORT', 'LOCALHOST.:PORT', '127.0.0.1', '[::1]:PORT', 'app.localhost'])
      expect(await ask('GET', '/config.json', { host })).toMatchObject({ status: 200 });
  });
});
