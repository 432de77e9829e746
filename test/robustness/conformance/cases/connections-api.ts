import {
  DeleteConnectionCommand,
  GetConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { expect } from '@jest/globals';
import { failureOf, type GatewayWorld } from '../../../gateway/support/gateway-world.js';
import type { ConformanceCheck } from '../conformance-case.js';

const post = (ConnectionId: string, Data = 'hi') => new PostToConnectionCommand({ ConnectionId, Data });
const statusOf = (error: unknown) =>
  (error as { $metadata: { httpStatusCode: number } }).$metadata.httpStatusCode;

const closedConnection = async (world: GatewayWorld) => {
  const gateway = await world.start();
  const client = await world.connect(gateway);
  const ConnectionId = await world.connectionId();
  client.socket.close();
  await world.disconnect();
  return { sdk: world.sdk(gateway), ConnectionId };
};

const gone =
  (
    Command: typeof PostToConnectionCommand | typeof GetConnectionCommand | typeof DeleteConnectionCommand,
  ): ConformanceCheck =>
  async (world, theCase) => {
    const { sdk, ConnectionId } = await closedConnection(world);
    const input = { ConnectionId, Data: 'hi' };
    const error = await failureOf(sdk.send(new Command(input) as PostToConnectionCommand));
    expect(statusOf(error)).toBe(theCase.expect.http);
    expect(error.name).toBe(theCase.expect.error ?? 'GoneException');
  };

export const connectionsApi: Record<string, ConformanceCheck> = {
  'mg-01': async (world, theCase) => {
    const gateway = await world.start();
    const client = await world.connect(gateway);
    const { $metadata } = await world.sdk(gateway).send(post(await world.connectionId()));
    expect($metadata.httpStatusCode).toBe(theCase.expect.http);
    expect(await client.frame()).toBe('hi');
  },
  'mg-02': gone(PostToConnectionCommand),
  'mg-03': async (world, theCase) => {
    const gateway = await world.start();
    const error = await failureOf(world.sdk(gateway).send(post('WY-yKqwlAlxSubM=')));
    expect(statusOf(error)).toBe(theCase.expect.http);
  },
  'mg-05': async (world, theCase) => {
    const errors: unknown[] = [];
    const $connect = world.recorder.handler(async ({ requestContext }) => {
      errors.push(await failureOf(world.sdk(gateway).send(post(requestContext.connectionId))));
      return { statusCode: 200 };
    });
    const gateway = await world.start({ routes: { $connect } });
    await world.connect(gateway);
    expect(errors.map(statusOf)).toEqual([theCase.expect.http]);
  },
  'mg-08': async (world, theCase) => {
    const gateway = await world.start();
    await world.connect(gateway);
    const url = `${gateway.callbackUrl}/@connections/${encodeURIComponent(await world.connectionId())}`;
    expect((await fetch(url, { method: 'POST', body: 'hi' })).status).toBe(theCase.expect.http);
  },
  'mg-09': async (world, theCase) => {
    const gateway = await world.start({ faults: { callback: () => ({ answer: 403 }) } });
    const client = await world.connect(gateway);
    const error = await failureOf(world.sdk(gateway).send(post(await world.connectionId())));
    expect(statusOf(error)).toBe(theCase.expect.http);
    expect(theCase.expect.error).toContain(error.name);
    expect(client.frames).toEqual([]);
  },
  'mg-11': async (world, theCase) => {
    const throttled = await world.start({ limits: { callbacksPerSecond: 0 } });
    const overRate = await failureOf(world.sdk(throttled, { maxAttempts: 1 }).send(post('WY-yKqwlAlxSubM=')));
    expect({ http: statusOf(overRate), error: overRate.name }).toEqual(theCase.expect);

    const gateway = await world.start({ limits: { unreadBytes: 64 * 1024 } });
    const client = await world.connect(gateway);
    client.socket.pause();
    const connectionId = await world.connectionId();
    const sdk = world.sdk(gateway, { maxAttempts: 1 });
    const pile = async () => {
      for (;;) await sdk.send(post(connectionId, 'x'.repeat(128 * 1024)));
    };
    const slowReader = await failureOf(pile());
    client.socket.resume();
    expect({ http: statusOf(slowReader), error: slowReader.name }).toEqual(theCase.expect);
  },
  'mg-12': async (world, theCase) => {
    const gateway = await world.start();
    const client = world.dial(gateway, '', [], { headers: { 'User-Agent': 'test' } });
    await client.status;
    const ConnectionId = await world.connectionId();
    const { $metadata, ...body } = await world.sdk(gateway).send(new GetConnectionCommand({ ConnectionId }));
    const { connectedAt } = (await world.recorder.event('$connect')).requestContext;
    expect($metadata.httpStatusCode).toBe(theCase.expect.http);
    expect(body.ConnectedAt).toEqual(new Date(connectedAt));
    expect(body.LastActiveAt).toBeInstanceOf(Date);
    expect(body.Identity).toEqual({ SourceIp: '127.0.0.1', UserAgent: 'test' });
  },
  'mg-13': gone(GetConnectionCommand),
  'mg-15': gone(DeleteConnectionCommand),
  'mg-16': async (world) => {
    const gateway = await world.start();
    const client = await world.connect(gateway);
    const url = `${gateway.callbackUrl}/@connections/${encodeURIComponent(await world.connectionId())}`;
    const headers = { Authorization: 'AWS4-HMAC-SHA256 Credential=x' };
    await fetch(`${url}?code=4001&reason=mine`, { method: 'DELETE', headers });
    expect((await client.closed).code).toBe(1000);
  },
  'mg-19': async (world, theCase) => {
    const [key = ''] = /(?<=example\.com\/)\w+/.exec(theCase.expect.url) ?? [];
    const gateway = await world.start({ stage: key });
    const client = await world.connect(gateway);
    const connectionId = await world.connectionId();
    await world.sdk(gateway).send(post(connectionId));
    expect(await client.frame()).toBe('hi');

    const endpoint = new URL(gateway.callbackUrl).origin;
    await failureOf(world.sdk(gateway, { endpoint }).send(post(connectionId)));
    const id = encodeURIComponent(connectionId);
    expect(world.calledPaths).toEqual([`/${key}/@connections/${id}`, `/@connections/${id}`]);
    expect(world.log.map((line) => line.split(' ').at(-1)).slice(-2)).toEqual(['200', '403']);
  },
};
