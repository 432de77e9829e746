import { runInNewContext } from 'node:vm';
import { expect } from '@jest/globals';
import type { GatewayOptions } from '../../../../gateway/gateway-options.js';
import type { AuthorizerEvent } from '../../../../gateway/lambda/event-shapes.js';
import { failureOf, type GatewayWorld } from '../../../gateway/support/gateway-world.js';
import { policy } from '../../../gateway/support/policy.js';
import type { ConformanceCheck } from '../conformance-case.js';

const statusWritten = (text: string) => Number(/HTTP (\d{3})/.exec(text)?.[1]);

/** Starts with these options, and expects the case's status; `$connect` must not have run. */
const refusedBefore =
  (options: (world: GatewayWorld) => Partial<GatewayOptions>): ConformanceCheck =>
  async (world, theCase) => {
    const gateway = await world.start(options(world));

    const status = await world.dial(gateway).status;

    expect(status).toBe(statusWritten(theCase.expect.client));
    expect(world.recorder.events).toEqual([]);
    expect(gateway.connections).toBe(0);
  };

const connectReturns: ConformanceCheck = async (world, theCase) => {
  const $connect = world.recorder.handler(() => theCase.given.connectHandler.returns);
  const gateway = await world.start({ routes: { $connect } });

  const status = await world.dial(gateway).status;

  expect(status).toBe(statusWritten(theCase.expect.client));
  expect(world.recorder.events).toHaveLength(1);
  expect(gateway.connections).toBe(status === 101 ? 1 : 0);
};

export const handshake: Record<string, ConformanceCheck> = {
  'hs-01': async (world) => {
    const gateway = await world.start({ routes: { $default: world.echo() } });
    expect(await world.dial(gateway).status).toBe(101);
    expect(world.recorder.events).toEqual([]);
  },
  'hs-02': async (world, theCase) => {
    const order: string[] = [];
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const $connect = world.recorder.handler(async () => {
      await released;
      order.push('returned');
      return theCase.given.connectHandler.returns;
    });
    const gateway = await world.start({ routes: { $connect } });

    const client = world.dial(gateway);
    const opened = client.status.then(() => order.push('opened'));
    await world.recorder.event('$connect');
    expect(gateway.connections).toBe(0);
    release();
    await opened;

    expect(order).toEqual(['returned', 'opened']);
    expect(world.recorder.events).toMatchObject([{ requestContext: { eventType: 'CONNECT' } }]);
  },
  'hs-03': connectReturns,
  'hs-05': connectReturns,
  'hs-07': async (world, theCase) => {
    const $connect = () => {
      throw new Error('no such module');
    };
    const gateway = await world.start({ routes: { $connect } });
    expect(await world.dial(gateway).status).toBe(statusWritten(theCase.expect.client));
  },
  'hs-10': refusedBefore(({ recorder }) => ({
    routes: { $connect: { handler: recorder.handler(), invokable: false } },
  })),
  'hs-11': async (world, theCase) => {
    const authorizer = {
      identitySource: ['route.request.header.Authorization', 'route.request.querystring.token'],
      handler: () => {
        throw new Error('must not be asked');
      },
    };
    const gateway = await world.start({ authorizer });
    const headers = { Authorization: 'anything' };

    const statuses = await Promise.all([
      world.dial(gateway).status,
      world.dial(gateway, '?token=x').status,
      world.dial(gateway, '?token=', [], { headers }).status,
    ]);

    expect(new Set(statuses)).toEqual(new Set([statusWritten(theCase.expect.client)]));
    expect(world.recorder.events).toEqual([]);
  },
  'hs-13': async (world, theCase) => {
    const denied = refusedBefore(() => ({
      authorizer: ({ methodArn }: AuthorizerEvent) => policy('Deny', methodArn),
    }));
    await denied(world, theCase);
    const uncovered = refusedBefore(() => ({
      authorizer: () => policy('Allow', 'arn:aws:execute-api:*:*:other/*'),
    }));
    await uncovered(world, theCase);
  },
  'hs-14': async (world, theCase) => {
    const authorizers = [
      () => {
        throw new Error('Unauthorized, or so');
      },
      () => Promise.reject('unauthorized'),
      () => Promise.reject(undefined),
      () => Promise.reject(Object.create(null)),
      () => ({ isAuthorized: true }),
      ({ methodArn }: AuthorizerEvent) => ({ ...policy('Allow', methodArn), context: { nested: {} } }),
    ];
    for (const authorizer of authorizers) await refusedBefore(() => ({ authorizer }))(world, theCase);
  },
  'hs-15': async (world) => {
    const authorizer = ({ methodArn }: AuthorizerEvent) =>
      policy('Allow', methodArn, { long: 'x'.repeat(8 * 1024) });
    const gateway = await world.start({ authorizer });
    expect(await world.dial(gateway).status).not.toBe(101);
    expect(world.recorder.events).toEqual([]);
  },
  'hs-16': async (world, theCase) => {
    const options = () => ({
      routes: { $connect: { handler: world.recorder.handler(), apiKeys: ['right'] } },
    });
    await refusedBefore(options)(world, theCase);
    const gateway = await world.start(options());
    const withKey = (key: string) => world.dial(gateway, '', [], { headers: { 'x-api-key': key } }).status;
    expect(await withKey('wrong')).toBe(403);
    expect(await withKey('right')).toBe(101);
  },
  'hs-18': async (world, theCase) => {
    const $connect = world.recorder.handler(() => theCase.given.connectHandler.returns);
    const gateway = await world.start({ routes: { $connect } });

    const client = world.dial(gateway, '', ['chat.v1']);
    const failure = await failureOf(client.status);

    expect(failure.message).toBe('Server sent no subprotocol');
    expect(client.headers).not.toHaveProperty('sec-websocket-protocol');
    expect(world.recorder.events).toHaveLength(1);
  },
  'hs-19': async (world, theCase) => {
    const gateway = await world.start();
    for (const path of ['', '/', '/below', '/below/it?a=b']) {
      const { status, headers } = await fetch(gateway.callbackUrl + path);
      expect([path, status]).toEqual([path, statusWritten(theCase.expect.client)]);
      expect(headers.get('upgrade')).toBe('websocket');
    }
  },
  'hs-20': async (world, theCase) => {
    const gateway = await world.start({ limits: { connectsPerSecond: 2 } });
    const statuses = await Promise.all(Array.from({ length: 10 }, () => world.dial(gateway).status));
    expect(new Set(statuses)).toEqual(new Set([101, statusWritten(theCase.expect.client)]));
  },
  'hs-21': refusedBefore(() => ({ limits: { connectsPerSecond: 0 } })),
  'hs-25': async (world, theCase) => {
    const thrown = [
      'Unauthorized',
      new Error('Unauthorized'),
      runInNewContext("new Error('Unauthorized')"),
      { message: 'Unauthorized' },
    ];
    const authorizers = thrown.flatMap((what) => [
      () => {
        throw what;
      },
      () => Promise.reject(what),
    ]);
    for (const authorizer of authorizers) await refusedBefore(() => ({ authorizer }))(world, theCase);
  },
  'hs-26': async (world) => {
    const gateway = await world.start();
    const long = (length: number) => `?q=${'x'.repeat(length - gateway.url.length - '?q='.length)}`;

    expect(await world.dial(gateway, long(4_096)).status).toBe(101);
    for (const length of [4_097, 5_000, 10_000])
      expect([length, await world.dial(gateway, long(length)).status]).toEqual([length, 414]);
    expect(world.recorder.of('$connect')).toHaveLength(1);
  },
};
