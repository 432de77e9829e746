import {
  DeleteConnectionCommand,
  GetConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Gateway } from '../../../gateway/gateway.js';
import { failureOf, GatewayWorld } from '../support/gateway-world.js';
import { SleepingClock } from '../support/sleeping-clock.js';

const post = (ConnectionId: string, Data: string | Uint8Array = 'hi') =>
  new PostToConnectionCommand({ ConnectionId, Data });
const statusOf = (error: unknown) =>
  (error as { $metadata: { httpStatusCode: number } }).$metadata.httpStatusCode;
const SIGNED = { Authorization: 'AWS4-HMAC-SHA256 Credential=x' };
const UNKNOWN = 'WY-yKqwlAlxSubM=';

describe('@connections', () => {
  let world: GatewayWorld;
  beforeEach(() => {
    world = new GatewayWorld();
  });
  afterEach(() => world.end());

  const call = (gateway: Gateway, path: string, method = 'POST', body: string | null = null) =>
    fetch(`http://127.0.0.1:${gateway.port}${path}`, { method, headers: SIGNED, body });

  it('delivers text of any script, and the empty text', async () => {
    const gateway = await world.start();
    const client = await world.connect(gateway);
    const id = await world.connectionId();
    const sdk = world.sdk(gateway);
    await sdk.send(post(id, 'Hyvää päivää 👋'));
    await sdk.send(post(id, new Uint8Array()));
    expect(await client.frame()).toBe('Hyvää päivää 👋');
    expect(await client.frame(1)).toBe('');
  });

  it('delivers 128 KiB, and refuses more with 413', async () => {
    const gateway = await world.start();
    const client = await world.connect(gateway);
    const id = await world.connectionId();
    const sdk = world.sdk(gateway);
    await sdk.send(post(id, 'x'.repeat(128 * 1024)));
    const error = await failureOf(sdk.send(post(id, 'x'.repeat(128 * 1024 + 1))));
    expect([statusOf(error), error.name]).toEqual([413, 'PayloadTooLargeException']);
    expect(await client.frame()).toHaveLength(128 * 1024);
    expect(client.frames).toHaveLength(1);
  });

  it.each([
    '4f3c2a10-0000-4000-8000-123456789abc',
    'short',
    'WY-yKqwlAlxSubMx',
    'WY-yKqwlAlx+ubM=',
    '../dev',
    '%',
  ])('refuses the malformed id %s with 400', async (id) => {
    const error = await failureOf(world.sdk(await world.start()).send(post(id)));
    expect([statusOf(error), error.name, error.message]).toEqual([
      400,
      'BadRequestException',
      'Invalid connectionId',
    ]);
  });

  it.each(['%', '%E0%A4%A', '%00', '__proto__'])('survives the path segment %s', async (segment) => {
    const response = await call(await world.start(), `/dev/@connections/${segment}`);
    expect(response.status).toBe(400);
    expect(response.headers.get('x-amzn-errortype')).toBe('BadRequestException');
    expect(await response.json()).toEqual({ message: 'Invalid connectionId' });
  });

  it.each([
    '/prod/@connections/',
    '/@connections/',
    '/dev/dev/@connections/',
    '/dev//@connections/',
    '/dev/@connections//',
    '/dev/@connections/more/',
  ])('refuses the path %s with 403', async (path) => {
    const response = await call(await world.start(), path + encodeURIComponent(UNKNOWN));
    expect(response.status).toBe(403);
    expect(response.headers.get('x-amzn-errortype')).toBe('ForbiddenException');
  });

  it('names the resource that a doubled stage stands for', async () => {
    const response = await call(await world.start(), `/dev/dev/@connections/${UNKNOWN}`);
    expect(await response.json()).toEqual({
      message: expect.stringMatching(`execute-api:Invoke .*/dev/POST/dev/@connections/${UNKNOWN}$`),
    });
  });

  it('refuses other methods and no id at all with 403', async () => {
    const gateway = await world.start();
    expect((await call(gateway, `/dev/@connections/${UNKNOWN}`, 'PUT')).status).toBe(403);
    expect((await call(gateway, '/dev/@connections/')).status).toBe(403);
    expect((await call(gateway, '/dev/@connections')).status).toBe(403);
  });

  it.each([[{}], [{ Authorization: 'Bearer x' }]])(
    'refuses what is not signed with 403: %j',
    async (headers) => {
      const gateway = await world.start();
      const client = await world.connect(gateway);
      const url = `http://127.0.0.1:${gateway.port}/dev/@connections/${await world.connectionId()}`;

      for (const method of ['GET', 'POST', 'DELETE'])
        expect((await fetch(url, { method, headers: headers as Record<string, string> })).status).toBe(403);
      expect(client.socket.readyState).toBe(client.socket.OPEN);
      expect(client.frames).toEqual([]);
    },
  );

  it('accepts the id with its =', async () => {
    const gateway = await world.start();
    const client = await world.connect(gateway);
    expect(
      (await call(gateway, `/dev/@connections/${await world.connectionId()}`, 'POST', 'hi')).status,
    ).toBe(200);
    expect(await client.frame()).toBe('hi');
  });

  it('answers DELETE with 204, closes with 1000, and then reports the connection as gone', async () => {
    const gateway = await world.start();
    const client = await world.connect(gateway);
    const ConnectionId = await world.connectionId();
    const sdk = world.sdk(gateway);
    const { $metadata } = await sdk.send(new DeleteConnectionCommand({ ConnectionId }));
    const error = await failureOf(sdk.send(post(ConnectionId)));
    expect($metadata.httpStatusCode).toBe(204);
    expect(statusOf(error)).toBe(410);
    expect((await client.closed).code).toBe(1000);
    expect(await world.disconnect()).toMatchObject({
      disconnectStatusCode: 1000,
      disconnectReason: 'Connection Closed Normally',
    });
  });

  it('does not wait for a client that ignores the close frame', async () => {
    const gateway = await world.start({ limits: { closeMs: 50 } });
    const client = await world.connect(gateway);
    client.socket.pause();
    const ConnectionId = await world.connectionId();
    const sdk = world.sdk(gateway);
    await sdk.send(new DeleteConnectionCommand({ ConnectionId }));
    const errors = [
      await failureOf(sdk.send(new GetConnectionCommand({ ConnectionId }))),
      await failureOf(sdk.send(new DeleteConnectionCommand({ ConnectionId }))),
    ];
    expect(errors.map(statusOf)).toEqual([410, 410]);
    expect((await world.disconnect()).disconnectStatusCode).toBe(1000);
    expect(gateway.connections).toBe(0);
  });

  it('keeps an otherwise idle connection open, and tells when it was last active', async () => {
    const clock = new SleepingClock();
    const gateway = await world.start({ clock, limits: { idleMs: 600_000 } });
    const client = await world.connect(gateway);
    const ConnectionId = await world.connectionId();
    const sdk = world.sdk(gateway);
    for (let count = 0; count < 10; count += 1) {
      clock.stayAwake(590_000);
      await sdk.send(post(ConnectionId));
    }
    const { ConnectedAt, LastActiveAt } = await sdk.send(new GetConnectionCommand({ ConnectionId }));
    expect(Number(LastActiveAt)).toBeGreaterThan(Number(ConnectedAt));
    clock.stayAwake(605_000);
    expect((await client.closed).code).toBe(1001);
    expect(client.frames).toHaveLength(10);
  });

  it('leaves every other path to another listener on the same port', async () => {
    const gateway = await world.start({
      onHttpRequest: (request, response) => {
        if (request.url === '/') response.end('demo');
        return request.url === '/';
      },
    });
    const get = (path: string) => fetch(`http://127.0.0.1:${gateway.port}${path}`);
    expect(await (await get('/')).text()).toBe('demo');
    expect((await get('/other')).status).toBe(403);
    expect((await get('/dev')).status).toBe(426);
  });
});
