import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GatewayWorld } from '../support/gateway-world.js';
import { rawRequest, UPGRADE } from '../support/raw-request.js';

type Headers = [string, string][];

/** The upgrade's headers with one replaced, or left out when there is no value. */
const upgradeWith = (name: string, ...values: string[]): Headers => [
  ...Object.entries(UPGRADE).filter(([each]) => each !== name),
  ...values.map((value): [string, string] => [name, value]),
];

describe('A request as no HTTP client would write it', () => {
  let world: GatewayWorld;
  beforeEach(() => {
    world = new GatewayWorld();
  });
  afterEach(() => world.end());

  it.each<[what: string, first: string, headers: Headers]>([
    ['an upgrade over HTTP/1.0', 'GET /dev HTTP/1.0', Object.entries(UPGRADE)],
    ['an upgrade without a Host', 'GET /dev HTTP/1.1', upgradeWith('Host')],
    ['an upgrade with an empty Host', 'GET /dev HTTP/1.1', upgradeWith('Host', '')],
    ['an upgrade with two Hosts', 'GET /dev HTTP/1.1', upgradeWith('Host', 'localhost', 'localhost')],
    ['a sub-protocol twice', 'GET /dev HTTP/1.1', [...upgradeWith('Sec-WebSocket-Protocol', 'a, b, a')]],
    ['an empty sub-protocol', 'GET /dev HTTP/1.1', [...upgradeWith('Sec-WebSocket-Protocol', 'a,,b')]],
    ['a GET over HTTP/1.0', 'GET /dev HTTP/1.0', [['Host', 'localhost']]],
    ['a GET without a Host', 'GET /dev HTTP/1.1', []],
    [
      'a GET with two Hosts',
      'GET /other HTTP/1.1',
      [
        ['Host', 'localhost'],
        ['hOST', 'localhost'],
      ],
    ],
    ['a callback over HTTP/1.0', 'POST /dev/@connections/x HTTP/1.0', [['Host', 'localhost']]],
  ])('is refused with 400: %s', async (_what, first, headers) => {
    const { port } = await world.start();
    expect((await rawRequest(port, first, headers)).status).toBe(400);
    expect(world.recorder.events).toEqual([]);
  });

  it.each([['12'], ['8'], ['0'], ['13', '8'], []])(
    'is told the version when it asks for %s',
    async (...versions) => {
      const { port } = await world.start();
      const headers = upgradeWith('Sec-WebSocket-Version', ...versions);
      const { status, head } = await rawRequest(port, 'GET /dev HTTP/1.1', headers);
      expect(status).toBe(400);
      expect(head).toMatch(/^Sec-WebSocket-Version: 13$/m);
    },
  );

  it.each<[what: string, first: string, headers: Headers]>([
    ['an upgrade to something else', 'GET /dev HTTP/1.1', upgradeWith('Upgrade', 'h2c')],
    [
      'an upgrade that is no GET',
      'POST /dev HTTP/1.1',
      [...Object.entries(UPGRADE), ['Content-Length', '0']],
    ],
    ['a GET of the stage', 'GET /dev HTTP/1.1', [['Host', 'localhost']]],
    ['a GET below the stage', 'GET /dev/below?a=b HTTP/1.1', [['Host', 'localhost']]],
  ])('learns from every 426 what to upgrade to: %s', async (_what, first, headers) => {
    const { port } = await world.start();
    const { status, head } = await rawRequest(port, first, headers);
    expect(status).toBe(426);
    expect(head).toMatch(/^upgrade: websocket$/im);
  });

  it.each([['h2c, websocket'], ['WebSocket'], ['h2c,websocket,foo/1'], ['h2c', 'websocket']])(
    'is an upgrade when it offers %s',
    async (...offered) => {
      const gateway = await world.start();
      const headers = upgradeWith('Upgrade', ...offered);
      const { status, head } = await rawRequest(gateway.port, 'GET /dev HTTP/1.1', headers);
      expect(status).toBe(101);
      expect(head).toMatch(/^Upgrade: websocket$/m);
    },
  );

  it('is read without regard to the case of header names', async () => {
    const headers = { 'SEC-WEBSOCKET-Protocol': 'b', 'X-Greeting': 'hi', 'SEC-websocket-ACCEPT': 'forged' };
    const $connect = { handler: () => ({ statusCode: 200, headers }), apiKeys: ['right'] };
    const authorizer = {
      handler: () => ({
        principalId: 'u1',
        policyDocument: { Statement: [{ Action: '*', Effect: 'Allow', Resource: '*' }] },
      }),
      identitySource: ['route.request.header.AUTHorization'],
    };
    const { port } = await world.start({ routes: { $connect }, authorizer });
    const ask = (change: (name: string) => string) =>
      rawRequest(port, 'GET /dev HTTP/1.1', [
        ...Object.entries(UPGRADE).map(([name, value]): [string, string] => [change(name), value]),
        [change('Sec-WebSocket-Protocol'), 'a, b'],
        [change('X-Api-Key'), 'right'],
        [change('Authorization'), 'x'],
      ]);

    for (const change of [(name: string) => name.toLowerCase(), (name: string) => name.toUpperCase()]) {
      const { status, head } = await ask(change);
      expect(status).toBe(101);
      expect(head).toMatch(/^Sec-WebSocket-Protocol: b$/m);
      expect(head).toMatch(/^X-Greeting: hi$/m);
      expect(head).not.toContain('forged');
    }
  });

  it('has the same limit of URLs without an upgrade', async () => {
    const gateway = await world.start();
    expect((await fetch(`${gateway.callbackUrl}/${'x'.repeat(4_096)}`)).status).toBe(414);
  });
});

describe('A burst of pings', () => {
  it('is answered ping by ping, and the connection stays', async () => {
    const world = new GatewayWorld();
    const client = await world.connect(await world.start());
    const pongs: string[] = [];
    const answered = new Promise<void>((resolve, reject) => {
      client.socket.on('pong', (data) => {
        pongs.push(data.toString());
        if (pongs.length === 500) resolve();
      });
      void client.closed.then(({ code }) => reject(new Error(`It was closed with ${code}`)));
    });

    const { _socket: raw } = client.socket as unknown as { _socket: { cork(): void; uncork(): void } };
    raw.cork();
    for (let ping = 0; ping < 500; ping += 1) client.socket.ping(String(ping));
    raw.uncork();
    await answered;

    expect(pongs).toEqual(Array.from({ length: 500 }, (_, ping) => String(ping)));
    client.send('still here');
    expect(await client.frame()).toBe('still here');
    await world.end();
  });
});
