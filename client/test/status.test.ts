import { describe, expect, it } from '@jest/globals';
import type { Client } from '../src/client.js';
import { ClientWorld } from './support/client-world.js';

describe('A client’s status', () => {
  const world = new ClientWorld();

  const watch = (client: Client) => {
    const seen: unknown[][] = [];
    client.on('state', (state, _, { reason, attempt }) => seen.push([state, reason?.code, attempt]));
    return seen;
  };

  it('tells the reason, the attempt and the next try in every state', async () => {
    const { server, member, clock } = world;
    const { client } = await member('alice', 'lobby', { random: () => 0.999 });
    const seen = watch(client);
    server.isRefusing = true;

    server.socket.cut();
    await clock.advance(1_600);
    server.isRefusing = false;
    expect(client.status).toMatchObject({ state: 'offline', attempt: 1, reason: { code: 'refused' } });
    await clock.advance((client.status.nextTryAt ?? 0) - clock.now() - 1);
    expect(client.state).toBe('offline');
    await clock.advance(20);

    expect(seen).toEqual([
      ['live', undefined, 0],
      ['offline', 'connection_lost', 0],
      ['connecting', 'connection_lost', 1],
      ['offline', 'refused', 1],
      ['connecting', 'refused', 2],
      ['live', undefined, 0],
    ]);
    expect(client.status).toEqual({ state: 'live', reason: undefined, attempt: 0, nextTryAt: undefined });
  });

  it('tells why the client has ended', async () => {
    const { server, member, settle } = world;
    const { client } = await member('alice');

    server.socket.push({ type: 'disconnect', code: 'forbidden', message: 'Out', reconnect: false });
    await settle();

    expect(client.status).toMatchObject({ state: 'closed', reason: { code: 'forbidden', message: 'Out' } });
  });

  it('tells why there was no token', async () => {
    const { connect, settle } = world;
    const client = connect('', { token: () => Promise.reject(new TypeError('fetch failed')) });

    await settle();

    expect(client.status).toMatchObject({
      state: 'offline',
      reason: { code: 'token_unavailable', message: 'TypeError: fetch failed', retryable: true },
    });
  });
});

describe('A client whose token', () => {
  const world = new ClientWorld();

  it('takes too long waits for the next try', async () => {
    const { connect, clock } = world;
    const client = connect('', { token: () => new Promise(() => {}), random: () => 0.999 });

    await clock.advance(15_100);

    expect(client.status).toMatchObject({ state: 'offline', reason: { code: 'token_unavailable' } });
  });

  it.each([undefined, null, 5])('is %s does not connect as a guest', async (token) => {
    const { server, connect, settle } = world;
    const client = connect('', { token: () => token as never });

    await settle();

    expect(client.status).toMatchObject({ state: 'offline', reason: { code: 'token_unavailable' } });
    expect(server.sockets).toEqual([]);
  });
});

describe('A client that is told to connect', () => {
  const world = new ClientWorld();

  it('tries at once instead of waiting', async () => {
    const { server, member, clock, settle } = world;
    const { client } = await member('alice', 'lobby', { random: () => 0.999 });
    server.isRefusing = true;
    server.socket.cut();
    await clock.advance(100_000);
    server.isRefusing = false;
    expect(client.state).toBe('offline');

    client.connect();
    await settle();

    expect(client.state).toBe('live');
  });

  it('changes nothing while it is connected, connecting or closed', async () => {
    const { server, connect, settle } = world;
    const client = connect('alice');
    client.connect();
    await settle();
    client.connect();
    await settle();
    expect(server.sockets).toHaveLength(1);

    void client.close();
    client.connect();
    await settle();

    expect(server.sockets).toHaveLength(1);
    expect(client.state).toBe('closed');
  });

  it('makes no storm, however often connect() is called', async () => {
    const { server, connect, clock } = world;
    server.isRefusing = true;
    const client = connect('alice', { maxRefusals: 1_000 });

    for (let n = 0; n < 600; n += 1) {
      client.connect();
      await clock.advance(100);
    }

    expect(server.sockets.length).toBeLessThan(75);
  });
});
