import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isOwnName } from '../../../gateway/http/host-addresses.js';
import { invokeApi } from '../../../gateway/lambda/invoke-api.js';
import { failureOf, GatewayWorld } from '../support/gateway-world.js';
import { rawRequest, UPGRADE } from '../support/raw-request.js';

const SIGNED = { Authorization: 'AWS4-HMAC-SHA256 Credential=x' };

describe('A gateway on a machine with a browser', () => {
  let world: GatewayWorld;
  beforeEach(() => {
    world = new GatewayWorld();
  });
  afterEach(() => world.end());

  const upgrade = async (headers: Record<string, string>, origins: string[] = [], host = '127.0.0.1') => {
    const gateway = await world.start({ origins, host });
    const all = Object.entries({ ...UPGRADE, ...headers }).map(([name, value]): [string, string] => [
      name,
      value.replace('PORT', String(gateway.port)),
    ]);
    return (await rawRequest(gateway.port, 'GET /dev HTTP/1.1', all)).status;
  };

  it.each([
    'http://localhost:PORT',
    'http://127.0.0.1:PORT',
    'http://[::1]:PORT',
    'http://localhost:5173',
    'https://localhost',
    'http://app.localhost:8080',
    'http://127.0.0.2',
  ])('admits the page of %s', async (Origin) => {
    expect(await upgrade({ Origin })).toBe(101);
  });

  it.each([
    'http://evil.example',
    'http://localhost.evil.example',
    'http://evil.example:PORT',
    'http://localhost@evil.example',
    'http://evil.example#localhost',
    'http://127.0.0.1.evil.example',
    'http://192.0.2.1:PORT',
    'http://localhost, http://evil.example',
    'chrome-extension://localhost',
    'file://',
    'null',
    '',
  ])('refuses the page of %j', async (Origin) => {
    expect(await upgrade({ Origin })).toBe(403);
    expect(world.recorder.events).toEqual([]);
  });

  it.each(['evil.example', 'evil.example:PORT', 'localhost.evil.example', '192.0.2.1', 'a b', 'localhost/x'])(
    'refuses the rebound host name %s, also with its own page',
    async (Host) => {
      expect(await upgrade({ Host })).toBe(403);
      expect(await upgrade({ Host, Origin: `http://${Host}` })).toBe(403);
    },
  );

  it.each(['localhost', 'LOCALHOST:PORT', 'localhost.', '127.0.0.1:1', '[::1]:PORT', 'app.localhost'])(
    'answers to the host name %s',
    async (Host) => {
      expect(await upgrade({ Host })).toBe(101);
    },
  );

  it('admits what its origins list, by host names without ports', async () => {
    const origins = ['http://app.example:5173', 'https://[2001:db8::1]'];
    for (const Origin of ['http://app.example', 'https://APP.example:1', 'http://[2001:db8::1]:PORT'])
      expect([Origin, await upgrade({ Origin }, origins)]).toEqual([Origin, 101]);
    expect(await upgrade({ Host: 'app.example:3001', Origin: 'http://app.example:3001' }, origins)).toBe(101);
    expect(await upgrade({ Origin: 'http://other.example' }, origins)).toBe(403);
    expect(await upgrade({ Origin: 'null' }, origins)).toBe(403);
  });

  it.each([
    'null',
    'localhost:5173',
    '*',
    'http://',
    'http://a b',
    'file:///page',
    'http://app.example/path',
  ])('does not start with the origin %s', async (origin) => {
    const { message } = await failureOf(world.start({ origins: [origin], originsSetting: 'DEV_ORIGINS' }));
    expect(message).toBe(`DEV_ORIGINS has ${origin}, which is not an origin`);
  });

  it('names the setting in its log', async () => {
    const gateway = await world.start({ origins: ['http://a.example'], originsSetting: 'DEV_ORIGINS' });
    const dial = (headers: Record<string, string>) => world.dial(gateway, '', [], { headers }).status;
    await dial({ Origin: 'https://b.example:8443' });
    await dial({ Host: 'c.example:3001' });
    await dial({ Origin: 'null' });
    await fetch(gateway.callbackUrl, { headers: { Origin: 'http://d.example' } });

    expect(world.log).toEqual([
      'CONNECT refused with 403: it comes from a page of b.example; to admit it set DEV_ORIGINS=http://a.example,https://b.example:8443',
      'CONNECT refused with 403: it asks for c.example; to admit it set DEV_ORIGINS=http://a.example,http://c.example:3001',
      'CONNECT refused with 403: it comes from a page of no address on the web; DEV_ORIGINS cannot admit it',
      'GET refused with 403: it comes from a page of d.example; to admit it set DEV_ORIGINS=http://a.example,http://d.example',
    ]);
  });

  it('lets no page call @connections or a function, not even its own', async () => {
    const { port } = await world.start({
      origins: ['http://app.example'],
      onHttpRequest: invokeApi(new Map([['echo', async (payload) => payload]])),
    });
    const call = async (path: string, headers: Record<string, string> = {}) =>
      (await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', headers: { ...SIGNED, ...headers } }))
        .status;
    const paths = {
      '/dev/@connections/WY-yKqwlAlxSubM%3D': 410,
      '/2015-03-31/functions/echo/invocations': 200,
    };
    for (const [path, status] of Object.entries(paths)) {
      expect([path, await call(path)]).toEqual([path, status]);
      for (const Origin of [`http://127.0.0.1:${port}`, 'http://app.example', 'http://evil.example', 'null'])
        expect([path, Origin, await call(path, { Origin })]).toEqual([path, Origin, 403]);
    }
  });

  it('lets no rebound name reach anything over plain HTTP', async () => {
    const onHttpRequest = () => {
      throw new Error('must not be asked');
    };
    const { port } = await world.start({ onHttpRequest });
    for (const path of [
      '/',
      '/dev',
      '/dev/@connections/WY-yKqwlAlxSubM%3D',
      '/2015-03-31/functions/f/invocations',
    ]) {
      const headers: [string, string][] = [
        ['Host', 'evil.example'],
        ['Authorization', SIGNED.Authorization],
      ];
      expect([path, (await rawRequest(port, `GET ${path} HTTP/1.1`, headers)).status]).toEqual([path, 403]);
    }
  });

  it('listens at another address too, and is called back on loopback', async () => {
    // Linux answers on all of 127.0.0.0/8; other systems only on 127.0.0.1.
    const host = process.platform === 'linux' ? '127.0.0.2' : '127.0.0.1';
    const gateway = await world.start({ host });
    expect(gateway.url).toBe(`ws://${host}:${gateway.port}/dev`);
    expect(gateway.callbackUrl).toBe(`http://127.0.0.1:${gateway.port}/dev`);
    expect(await world.dial(gateway).status).toBe(101);
    expect((await fetch(gateway.callbackUrl)).status).toBe(426);
  });

  it('answers to the machine’s addresses only if it listens at all of them', () => {
    const addresses = () => ['192.0.2.7', 'fe80::1'];
    for (const name of ['192.0.2.7', '[fe80::1]', 'localhost']) {
      expect([name, isOwnName(name, '0.0.0.0', addresses)]).toEqual([name, true]);
      expect([name, isOwnName(name, '127.0.0.1', addresses)]).toEqual([name, name === 'localhost']);
    }
    expect(isOwnName('192.0.2.8', '0.0.0.0', addresses)).toBe(false);
    expect(isOwnName('192.0.2.7', '192.0.2.7', addresses)).toBe(true);
    expect(isOwnName('evil.example', '0.0.0.0', addresses)).toBe(false);
  });
});
