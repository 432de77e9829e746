import { describe, expect, it } from '@jest/globals';
import { ClientWorld } from '../support/client-world.js';
import { seeded } from '../support/seeded.js';

describe('A client that may have slept', () => {
  const world = new ClientWorld();

  /** Live as far as it knows, over a path that is dead. */
  const overDeadPath = async () => {
    const network = new EventTarget();
    const { client, seen } = await world.member('alice', 'lobby', { network });
    world.server.socket.isMute = true;
    world.server.publish('lobby', 'unheard');
    return { client, seen, network };
  };

  it.each(['online', 'visibilitychange', 'pageshow'])(
    'asks at once on %s, and reconnects after ten seconds without an answer',
    async (type) => {
      const { server, clock } = world;
      const { client, seen, network } = await overDeadPath();

      network.dispatchEvent(new Event(type));
      await clock.advance(9_900);
      expect(server.frames('ping')).toHaveLength(1);
      expect(server.sockets).toHaveLength(1);
      await clock.advance(1_000);

      expect(server.sockets).toHaveLength(2);
      expect(client.state).toBe('live');
      expect(seen).toEqual(['unheard']);
    },
  );

  it.each([60_000, 3_600_000, -3_600_000])('asks at once when time jumps by %d ms', async (jump) => {
    const { server, clock } = world;
    const { client, seen } = await overDeadPath();

    clock.jump(jump);
    await clock.advance(5_000);
    expect(server.frames('ping')).toHaveLength(1);
    await clock.advance(11_000);

    expect(client.state).toBe('live');
    expect(seen).toEqual(['unheard']);
  });

  it('asks nothing while time passes as it should', async () => {
    const { server, member, clock } = world;
    await member('alice');

    await clock.advance(200_000);

    expect(server.frames('ping')).toEqual([]);
  });

  it('tries at once when it wakes while it waits', async () => {
    const { server, member, clock, settle } = world;
    const network = new EventTarget();
    const { client } = await member('alice', 'lobby', { network, random: () => 0.999 });
    server.isRefusing = true;
    server.socket.cut();
    await clock.advance(100_000);
    server.isRefusing = false;
    expect(client.state).toBe('offline');

    network.dispatchEvent(new Event('visibilitychange'));
    await settle();

    expect(client.state).toBe('live');
  });

  it('does not cancel an attempt because the page came into view', async () => {
    const { server, connect, settle } = world;
    const network = new EventTarget();
    server.latencyMs = () => 5;
    connect('alice', { network });
    await settle(1);

    for (const type of ['pageshow', 'visibilitychange']) network.dispatchEvent(new Event(type));
    await settle(50);

    expect(server.sockets).toHaveLength(1);
  });

  it('begins a stuck attempt anew when the network is back', async () => {
    const { server, connect, settle } = world;
    const network = new EventTarget();
    server.isSilent = true;
    const client = connect('alice', { network });
    await settle();
    server.isSilent = false;

    network.dispatchEvent(new Event('online'));
    await settle(200);

    expect(client.state).toBe('live');
  });

  it('connects although the network comes back more often than an attempt takes', async () => {
    const { server, connect, clock } = world;
    const network = new EventTarget();
    server.latencyMs = () => 1_000;
    const client = connect('alice', { network });

    for (let second = 0; second < 60 && client.state !== 'live'; second += 1) {
      network.dispatchEvent(new Event('online'));
      await clock.advance(1_000);
    }

    expect(client.state).toBe('live');
  });

  it('leaves no listener and no timer behind', async () => {
    const { clock, connect } = world;
    const network = new EventTarget();
    let listeners = 0;
    const counting = {
      addEventListener: (type: string, listener: never) => {
        listeners += 1;
        network.addEventListener(type, listener);
      },
      removeEventListener: (type: string, listener: never) => {
        listeners -= 1;
        network.removeEventListener(type, listener);
      },
    };
    const client = connect('alice', { network: counting, random: seeded(1) });
    await clock.advance(1_000);
    expect(listeners).toBe(4);

    void client.close();
    await clock.advance(10_000);

    expect(listeners).toBe(0);
    expect(clock.pending).toBe(0);
  });
});

describe('If a connection ends with only an error, as in Node 22, a client', () => {
  const world = new ClientWorld();

  it('does not wait for a close', async () => {
    const { server, connect, clock } = world;
    server.endsWithErrorAlone = true;
    server.isRefusing = true;
    const client = connect('alice', { random: () => 0.999 });

    await clock.advance(100);

    expect(client.status).toMatchObject({ state: 'offline', reason: { code: 'refused' } });
  });

  it('counts refusals', async () => {
    const { server, connect, clock } = world;
    server.endsWithErrorAlone = true;
    server.isRefusing = true;
    const client = connect('alice');

    await clock.advance(600_000);

    expect(client.error).toMatchObject({ code: 'refused' });
    expect(server.sockets).toHaveLength(10);
  });

  it('comes back when it was connected', async () => {
    const { server, member, clock } = world;
    server.endsWithErrorAlone = true;
    const { client } = await member('alice');

    server.socket.cut();
    await clock.advance(5_000);

    expect(client.state).toBe('live');
  });
});
