import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startGateway } from '../../gateway/gateway.js';
import { failureOf, GatewayWorld } from './support/gateway-world.js';

const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;

describe('A gateway', () => {
  let world: GatewayWorld;
  beforeEach(() => {
    world = new GatewayWorld();
  });
  afterEach(() => world.end());

  it('closes its sockets with 1001 and delivers each $disconnect before it stops', async () => {
    const gateway = await world.start();
    const clients = await Promise.all([1, 2, 3].map(() => world.connect(gateway)));

    await gateway.close();

    expect(world.recorder.of('$disconnect')).toHaveLength(3);
    expect(await world.disconnect()).toMatchObject({
      disconnectStatusCode: 1001,
      disconnectReason: 'Going away',
    });
    for (const client of clients) expect((await client.closed).code).toBe(1001);
    expect(gateway.connections).toBe(0);
    expect((await failureOf(world.dial(gateway).status)).message).toMatch(/ECONNREFUSED/);
  });

  it('keeps no state and no timers after its sockets are gone', async () => {
    const before = timers();
    const gateway = await world.start();
    const clients = await Promise.all(Array.from({ length: 20 }, () => world.connect(gateway)));
    expect(gateway.connections).toBe(20);

    for (const [index, client] of clients.entries())
      index % 2 ? client.socket.close() : client.socket.terminate();
    await world.disconnect(19);
    await Promise.all(clients.map((client) => client.closed));

    expect(gateway.connections).toBe(0);
    expect(world.recorder.of('$disconnect')).toHaveLength(20);
    await gateway.close();
    expect(timers()).toBeLessThanOrEqual(before);
  });

  it('does not wait for a handler that never returns, nor for a client that never answers', async () => {
    const never = world.recorder.handler(() => new Promise(() => {}));
    const routes = { $connect: world.recorder.handler(), $default: never, $disconnect: never };
    const gateway = await world.start({ routes, limits: { closeMs: 50, drainMs: 50 } });
    const client = await world.connect(gateway);
    client.send('hello');
    await world.recorder.event('$default');
    client.socket.pause();

    await gateway.close();

    expect(world.recorder.of('$disconnect')).toHaveLength(1);
  });

  it('refuses waiting upgrades with 503 when it closes', async () => {
    const $connect = world.recorder.handler(() => new Promise(() => {}));
    const gateway = await world.start({ routes: { $connect }, limits: { drainMs: 50 } });
    const client = world.dial(gateway);
    await world.recorder.event('$connect');

    await gateway.close();

    expect(await client.status).toBe(503);
  });

  it('may be closed twice', async () => {
    const gateway = await world.start();
    await world.connect(gateway);
    await Promise.all([gateway.close(), gateway.close()]);
    await gateway.close();
    expect(world.recorder.of('$disconnect')).toHaveLength(1);
  });

  it('says so when its port is taken', async () => {
    const { port } = await world.start({ host: 'localhost' });
    for (const host of ['127.0.0.1', 'localhost'] as const)
      expect((await failureOf(startGateway({ routes: {}, host, port }))).code).toBe('EADDRINUSE');
  });

  it('listens at addresses only, not at names of a network', async () => {
    const { message } = await failureOf(startGateway({ routes: {}, host: 'host.example' }));
    expect(message).toBe('host.example is neither an IP address nor localhost');
    expect((await failureOf(startGateway({ routes: {}, host: '::1%lo' }))).message).toContain('neither');
  });

  it('is the same gateway in whatever spelling its address is given', async () => {
    const { url, port } = await world.start({ host: '0:0:0:0:0:0:0:1' });
    expect(url).toBe(`ws://[::1]:${port}/dev`);
  });

  it('survives bytes that are neither HTTP nor WebSocket', async () => {
    const gateway = await world.start();
    const client = await world.connect(gateway);
    const raw = connect(gateway.port, '127.0.0.1');
    const closed = new Promise((resolve) => raw.on('close', resolve).on('error', () => {}));
    raw.resume().end('\u0000\u0001nonsense\r\n\r\n');
    await closed;
    client.socket.on('error', () => {});
    (client.socket as unknown as { _socket: NodeJS.WritableStream })._socket.write(Buffer.alloc(64, 0xff));
    expect((await client.closed).code).toBe(1002);
    expect((await world.disconnect()).disconnectStatusCode).toBe(1002);
  });

  it('logs one line for each event, without the query string', async () => {
    const gateway = await world.start();
    const client = await world.connect(gateway, '?token=secret');
    client.send('hello');
    await client.frame();
    client.socket.close();
    await world.disconnect();
    await gateway.close();

    const id = await world.connectionId();
    expect(world.log).toEqual([
      `CONNECT ${id} 200`,
      expect.stringMatching(new RegExp(`^MESSAGE ${id} \\$default 200 \\d+ ms$`)),
      `DISCONNECT ${id} 1005`,
    ]);
  });

  it('logs why it refused a connection or failed a message', async () => {
    const boom = () => {
      throw new TypeError('boom');
    };
    await world.dial(await world.start({ routes: { $connect: boom } })).status;
    const unknown = { principalId: 'unknown', policyDocument: { Version: '2012-10-17', Statement: [] } };
    await world.dial(await world.start({ authorizer: async () => unknown })).status;
    const client = await world.connect(await world.start({ routes: { $default: boom } }));
    client.send('hello');
    await client.frame();

    expect(world.log).toContain('CONNECT refused with 502: threw TypeError: boom');
    expect(world.log).toContain('CONNECT refused with 403: the authorizer does not allow it');
    expect(world.log.some((line) => /^MESSAGE .* \$default threw TypeError: boom \d+ ms$/.test(line))).toBe(
      true,
    );
  });
});
