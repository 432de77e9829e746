import { request } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { AuthorizerEvent } from '../../../gateway/lambda/event-shapes.js';
import { failureOf, GatewayWorld } from '../support/gateway-world.js';
import { policy } from '../support/policy.js';
import { RecordingSocket } from '../support/recording-socket.js';

describe('An upgrade request', () => {
  let world: GatewayWorld;
  beforeEach(() => {
    world = new GatewayWorld();
  });
  afterEach(() => world.end());

  it('is answered with the subprotocol that $connect chose, and with its other headers', async () => {
    const headers = {
      'sec-websocket-protocol': 'b',
      'X-Greeting': 'hello',
      Upgrade: 'h2c',
      'X-Bad': 'a\r\nb',
    };
    const gateway = await world.start({ routes: { $connect: () => ({ statusCode: 200, headers }) } });

    const client = world.dial(gateway, '', ['a', 'b']);

    expect(await client.status).toBe(101);
    expect(client.socket.protocol).toBe('b');
    expect(client.headers).toMatchObject({ 'x-greeting': 'hello', upgrade: 'websocket' });
    expect(client.headers).not.toHaveProperty('x-bad');
  });

  it('gets no subprotocol that the client did not offer', async () => {
    const headers = { 'Sec-WebSocket-Protocol': 'c' };
    const gateway = await world.start({ routes: { $connect: () => ({ statusCode: 200, headers }) } });

    const client = world.dial(gateway, '', ['a', 'b']);

    expect((await failureOf(client.status)).message).toBe('Server sent no subprotocol');
  });

  it('never negotiates compression', async () => {
    const client = await world.connect(await world.start());
    expect(client.socket.extensions).toBe('');
  });

  it.each([
    ['a status of its own', () => ({ statusCode: 418 }), 418],
    ['a redirection', () => ({ statusCode: 302 }), 302],
    ['what would switch protocols', () => ({ statusCode: 101 }), 502],
    ['nothing', () => undefined, 502],
    ['an object without a status', () => ({ body: 'hello' }), 502],
    ['unknown keys', () => ({ statusCode: 200, ConnectionId: 'x' }), 502],
    ['what is no JSON', () => ({ statusCode: 200n }), 502],
    ['a rejection', () => Promise.reject(new Error('a bug')), 502],
    ['no answer in time', () => new Promise(() => {}), 504],
  ])('is refused when $connect gives %s', async (_what, $connect, status) => {
    const gateway = await world.start({ routes: { $connect }, limits: { integrationMs: 50 } });

    expect(await world.dial(gateway).status).toBe(status);
    expect(gateway.connections).toBe(0);
  });

  it('is refused with 401 when the authorizer throws Unauthorized', async () => {
    const authorizer = () => Promise.reject(new Error('Unauthorized'));
    expect(await world.dial(await world.start({ authorizer })).status).toBe(401);
    expect(world.recorder.events).toEqual([]);
  });

  it.each([
    ['*', 101],
    ['arn:aws:execute-api:*:*:*/dev/$connect', 101],
    ['arn:aws:execute-api:*:*:*/dev/*', 101],
    ['arn:aws:execute-api:*:*:*/prod/*', 403],
    ['', 403],
  ])('is allowed by a policy on %s with %d', async (resource, status) => {
    const gateway = await world.start({ authorizer: () => policy('Allow', resource) });
    expect(await world.dial(gateway).status).toBe(status);
  });

  it('is refused when one statement allows and another denies', async () => {
    const authorizer = ({ methodArn }: AuthorizerEvent) => {
      const allow = policy('Allow', methodArn);
      allow.policyDocument.Statement.push(...policy('Deny', '*').policyDocument.Statement);
      return allow;
    };
    expect(await world.dial(await world.start({ authorizer })).status).toBe(403);
  });

  it('reaches the authorizer when every identity source is there', async () => {
    const identitySource = ['route.request.header.Authorization', 'route.request.querystring.token'];
    const authorizer = {
      handler: ({ methodArn }: AuthorizerEvent) => policy('Allow', methodArn),
      identitySource,
    };
    const gateway = await world.start({ authorizer });

    const client = world.dial(gateway, '?token=t', [], { headers: { authorization: 'x' } });

    expect(await client.status).toBe(101);
  });

  it.each(['/', '/prod', '/dev/more', '//', '/dev/@connections/x'])(
    'is refused with 403 at %s',
    async (path) => {
      const gateway = await world.start();
      const client = new RecordingSocket(`ws://127.0.0.1:${gateway.port}${path}`);
      expect(await client.status).toBe(403);
      expect(world.recorder.events).toEqual([]);
    },
  );

  it.each([
    [426, { Connection: 'Upgrade', Upgrade: 'h2c' }],
    [400, { Connection: 'Upgrade', Upgrade: 'websocket' }],
    [
      400,
      {
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Key': 'x',
        'Sec-WebSocket-Version': '13',
      },
    ],
  ])('is refused with %d, without any handler, if it violates RFC 6455', async (status, headers) => {
    const gateway = await world.start();
    const answer = await new Promise<number | undefined>((resolve, reject) => {
      const call = request(gateway.callbackUrl, { headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      call.on('error', reject).end();
    });
    expect(answer).toBe(status);
    expect(world.recorder.events).toEqual([]);
  });

  it.each([
    [true, [1006, 1006]],
    [false, []],
  ])(
    'leaves no connection behind when the client goes away while $connect runs; $disconnect follows: %s',
    async (disconnectAfterAbort, codes) => {
      const $disconnect = world.recorder.handler();
      let release = () => {};
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      const $connect = world.recorder.handler(() => held.then(() => ({ statusCode: 200 })));
      const gateway = await world.start({ routes: { $connect, $disconnect }, disconnectAfterAbort });

      for (const leave of ['destroy', 'resetAndDestroy'] as const) {
        const socket = connect(gateway.port, '127.0.0.1').on('error', () => {});
        socket.write(
          'GET /dev HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
            'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MVydYocDyb/0naAP80XTQQ==\r\n\r\n',
        );
        await world.recorder.event('$connect', leave === 'destroy' ? 0 : 1);
        const closed = new Promise((resolve) => socket.once('close', resolve));
        socket[leave]();
        await closed;
      }
      release();
      await gateway.close();

      expect(gateway.connections).toBe(0);
      const disconnected = world.recorder.events.flatMap(({ requestContext: context }) =>
        'disconnectStatusCode' in context ? [context] : [],
      );
      expect(disconnected.map(({ disconnectStatusCode }) => disconnectStatusCode)).toEqual(codes);
      if (disconnectAfterAbort)
        expect(new Set(disconnected.map(({ connectionId }) => connectionId))).toEqual(
          new Set([await world.connectionId(0), await world.connectionId(1)]),
        );
    },
  );

  it('reaches localhost over IPv4 and, if the machine has it, IPv6', async () => {
    const gateway = await world.start({ host: 'localhost' });

    const addresses = ['127.0.0.1', 'localhost', ...(hasIPv6() ? ['[::1]'] : [])];
    for (const address of addresses) {
      const client = new RecordingSocket(`ws://${address}:${gateway.port}/dev`);
      expect(await client.status).toBe(101);
      client.socket.terminate();
    }
    expect(gateway.url).toBe(`ws://localhost:${gateway.port}/dev`);
  });
});

const hasIPv6 = () =>
  Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === '::1'));
