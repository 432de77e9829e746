import { describe, expect, it } from '@jest/globals';
import { ClientWorld } from '../support/client-world.js';

describe('A client without a connection', () => {
  const world = new ClientWorld();

  it('waits longer each time, with jitter, up to half a minute', async () => {
    const { server, member, clock } = world;
    await member('alice', 'lobby', { random: () => 0.999 });
    const before = server.sockets.length;
    await clock.advance(60_000);

    server.isRefusing = true;
    server.socket.cut();
    await clock.advance(10 * 60_000);

    const starts = server.sockets.slice(before).map(({ openedAt }) => openedAt);
    const pauses = starts.slice(1).map((at, i) => Math.round((at - (starts[i] ?? 0)) / 1_000));
    expect(pauses.slice(0, 7)).toEqual([1, 2, 4, 8, 16, 30, 30]);
  });

  it('never stops trying once it was connected', async () => {
    const { server, member, clock } = world;
    const { client, seen } = await member('alice');

    server.isRefusing = true;
    server.socket.cut();
    await clock.advance(3_600_000);
    server.isRefusing = false;
    server.publish('lobby', 'still there?');
    await clock.advance(60_000);

    expect(client.state).toBe('live');
    expect(seen).toEqual(['still there?']);
  });

  it('tries at once when the network comes back', async () => {
    const { server, member, clock, settle } = world;
    const network = new EventTarget();
    const { client } = await member('alice', 'lobby', { network, random: () => 0.999 });
    server.isRefusing = true;
    server.socket.cut();
    await clock.advance(100_000);
    server.isRefusing = false;
    expect(client.state).toBe('offline');

    network.dispatchEvent(new Event('online'));
    await settle();

    expect(client.state).toBe('live');
  });

  it('is offline as soon as the network is lost', async () => {
    const { member, settle } = world;
    const network = new EventTarget();
    const { client } = await member('alice', 'lobby', { network });

    network.dispatchEvent(new Event('offline'));
    await settle(0);

    expect(client.state).toBe('offline');
  });

  it('waits longer each time when connections do not last', async () => {
    const { server, connect, clock } = world;
    connect('alice');
    server.answer = ({ action }, socket) => {
      if (action === 'hello') clock.setTimeout(() => socket.cut(), 1_000);
      return undefined;
    };

    await clock.advance(10 * 60_000);

    expect(server.sockets.length).toBeGreaterThan(10);
    expect(server.sockets.length).toBeLessThan(60);
  });

  it('says hello once more elsewhere when the server does not know the connection', async () => {
    const { server, connect, clock } = world;
    let refusals = 2;
    server.answer = ({ action }) =>
      action === 'hello' && refusals-- > 0
        ? { type: 'error', code: 'session_unknown', message: '', retryable: false }
        : undefined;

    const client = connect('alice');
    await clock.advance(10_000);

    expect(client.state).toBe('live');
  });

  it('does not wait for ever for a connection to open', async () => {
    const { server, connect, clock } = world;
    server.isSilent = true;
    const client = connect('alice');
    await clock.advance(10_000);
    server.isSilent = false;
    expect(client.state).toBe('connecting');

    await clock.advance(10_000);

    expect(client.state).toBe('live');
    expect(server.sockets).toHaveLength(2);
  });

  it('starts a new attempt at once when the network comes back while a connection is opening', async () => {
    const { server, member, clock } = world;
    const network = new EventTarget();
    const { client } = await member('alice', 'lobby', { network, random: () => 0.999 });
    server.isSilent = true;
    server.socket.cut();
    await clock.advance(5_000);
    server.isSilent = false;
    expect(client.state).toBe('connecting');

    network.dispatchEvent(new Event('online'));
    await clock.advance(300);

    expect(client.state).toBe('live');
  });

  it('makes one attempt at a time', async () => {
    const { connect, settle } = world;
    const network = new EventTarget();
    let fetched = 0;
    connect('', {
      network,
      token: () => {
        fetched += 1;
        return new Promise(() => {});
      },
    });

    for (let n = 0; n < 3; n += 1) network.dispatchEvent(new Event('online'));
    await settle();

    expect(fetched).toBe(1);
  });

  it('does not use a connection that ended right after its answer', async () => {
    const { server, connect, clock } = world;
    let isFirst = true;
    server.answer = (frame, socket) => {
      if (frame.action !== 'hello' || !isFirst) return undefined;
      isFirst = false;
      const rooms: unknown[] = [];
      socket.onmessage?.({ data: JSON.stringify({ type: 'ack', id: frame.id, userId: 'alice', rooms }) });
      socket.onclose?.({ code: 1006 });
      return null;
    };

    const client = connect('alice');
    await clock.advance(5_000);

    expect(client.state).toBe('live');
    expect(server.sockets).toHaveLength(2);
  });
});
