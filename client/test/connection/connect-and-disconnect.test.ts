import { describe, expect, it } from '@jest/globals';
import { ClientWorld } from '../support/client-world.js';

const watch = (client: ReturnType<ClientWorld['connect']>) => {
  const states: string[] = [];
  client.on('state', (state) => states.push(state));
  return states;
};

describe('A lazy client', () => {
  const world = new ClientWorld();

  it('has no connection until a call needs one', async () => {
    const { server, connect, clock, outcome } = world;
    const client = connect('alice', { lazy: true });
    await clock.advance(60_000);
    expect(server.sockets).toEqual([]);
    expect(client.status).toMatchObject({ state: 'offline', attempt: 0, nextTryAt: undefined });

    await outcome(client.room('lobby').join());

    expect(client.state).toBe('live');
    expect(server.sockets).toHaveLength(1);
  });

  it.each(['connect', 'ready'] as const)('connects at `%s()`', async (method) => {
    const client = world.connect('alice', { lazy: true });

    await world.outcome(Promise.resolve(client[method]()));

    expect(client.state).toBe('live');
  });

  it('ignores events of the page before its first call', async () => {
    const { server, connect, settle } = world;
    const network = new EventTarget();
    connect('alice', { lazy: true, network: network as never });

    for (const type of ['online', 'pageshow', 'visibilitychange']) network.dispatchEvent(new Event(type));
    await settle();

    expect(server.sockets).toEqual([]);
  });
});

describe('A client that disconnects', () => {
  const world = new ClientWorld();

  it('stays offline until connect(), then resumes its rooms', async () => {
    const { server, clock, settle, outcome } = world;
    const network = new EventTarget();
    const { client, seen } = await world.member('alice', 'lobby', { network: network as never });
    const states = watch(client);
    await settle();

    await outcome(client.disconnect());
    for (const type of ['online', 'pageshow', 'visibilitychange']) network.dispatchEvent(new Event(type));
    await clock.advance(3_600_000);
    expect(server.sockets).toHaveLength(1);
    expect(server.open).toEqual([]);
    expect(client.status).toEqual({ state: 'offline', reason: undefined, attempt: 0, nextTryAt: undefined });
    server.publish('lobby', 'meanwhile');

    client.connect();
    await settle();

    expect(seen).toEqual(['meanwhile']);
    expect(states).toEqual(['live', 'offline', 'connecting', 'live']);
  });

  it('keeps calls waiting until it connects again', async () => {
    const { server, member, settle, outcome } = world;
    const { client, room } = await member('alice');
    await outcome(client.disconnect());

    const published = room.publish('later');
    await settle(5_000);
    expect(server.sockets).toHaveLength(1);
    client.connect();

    expect(await outcome(published)).toMatchObject({ offset: 1 });
  });

  it('cancels an attempt that is under way, and can start another one at once', async () => {
    const { server, connect, settle } = world;
    server.isSilent = true;
    const client = connect('alice');
    const states = watch(client);
    await settle();

    void client.disconnect();
    expect(client.state).toBe('offline');
    server.isSilent = false;
    client.connect();
    await settle();

    expect(states).toEqual(['connecting', 'offline', 'connecting', 'live']);
    expect(server.open).toHaveLength(1);
  });

  it('can still be closed', async () => {
    const { connect, settle, outcome } = world;
    const client = connect('alice');
    await settle();

    await outcome(client.disconnect());
    await outcome(client[Symbol.asyncDispose]());
    client.connect();
    await settle();

    expect(client.state).toBe('closed');
    await outcome(client.disconnect());
    expect(client.state).toBe('closed');
  });
});

describe('Waiting for a connection', () => {
  const world = new ClientWorld();

  it('lasts until there is one', async () => {
    const { server, connect, clock, outcome } = world;
    server.isRefusing = true;
    const client = connect('alice', { maxRefusals: Number.POSITIVE_INFINITY });
    let isReady = false;
    const ready = client.ready().then(() => {
      isReady = true;
    });
    await clock.advance(600_000);
    expect(isReady).toBe(false);

    server.isRefusing = false;
    await outcome(ready, 60_000);

    expect(client.state).toBe('live');
    await outcome(client.ready());
  });

  it('rejects when the client is closed', async () => {
    const { server, connect, outcome, settle } = world;
    server.isSilent = true;
    const client = connect('alice');
    const ready = client.ready();
    ready.catch(() => {});
    await settle();

    await outcome(client.close(), 5_000);

    await expect(ready).rejects.toMatchObject({ code: 'closed' });
    await expect(client.ready()).rejects.toMatchObject({ code: 'closed' });
  });
});

describe('A handler of states', () => {
  const world = new ClientWorld();

  it('is told the current one in a microtask', async () => {
    const { connect, settle } = world;
    const client = connect('alice');
    await settle();

    const states = watch(client);
    expect(states).toEqual([]);
    await Promise.resolve();

    expect(states).toEqual(['live']);
  });

  it('is told each state once if it changes before the microtask', async () => {
    const { server, connect, settle } = world;
    const network = new EventTarget();
    const client = connect('alice', { network: network as never });
    await settle();

    const states = watch(client);
    server.isSilent = true;
    network.dispatchEvent(new Event('offline'));
    await Promise.resolve();

    expect(states).toEqual(['offline']);
  });

  it('is not called after it was removed', async () => {
    const { connect, settle } = world;
    const client = connect('alice');
    const states: string[] = [];

    client.on('state', (state) => states.push(state))();
    await settle();

    expect(states).toEqual([]);
  });
});
