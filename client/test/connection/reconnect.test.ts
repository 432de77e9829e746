import { describe, expect, it } from '@jest/globals';
import { ClientWorld } from '../support/client-world.js';

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('A client that lost its connection', () => {
  const world = new ClientWorld();

  it('reconnects by itself and gets everything it missed, once and in order', async () => {
    const { server, member, settle, clock } = world;
    const { client, seen } = await member('alice');
    server.publish('lobby', 1);
    await settle();

    server.socket.cut();
    await settle(2);
    expect(client.state).not.toBe('live');
    for (const n of numbers(2, 500)) server.publish('lobby', n);
    await clock.advance(5_000);

    expect(seen).toEqual(numbers(1, 500));
    expect(client.state).toBe('live');
    expect(server.members('lobby')).toEqual(['alice']);
  });

  it('sends its position in every room, the inbox and * included', async () => {
    const { server, member, settle, outcome, clock } = world;
    const { client } = await member('alice');
    await outcome(client.room('team:1').join());
    server.publish('@alice', 'psst');
    server.publish('*', 'all');
    server.publish('*', 'again');
    await settle();

    server.socket.cut();
    await clock.advance(5_000);

    expect(server.frames('hello')[1]?.resume).toEqual([
      { room: '*', epoch: 'e1', offset: 2 },
      { room: '@alice', epoch: 'e1', offset: 1 },
      { room: 'lobby', epoch: 'e1', offset: 0 },
      { room: 'team:1', epoch: 'e1', offset: 0 },
    ]);
  });

  it('gets a direct message and a broadcast that came while it was away', async () => {
    const { server, connect, listen, settle, clock } = world;
    const client = connect('alice');
    const [inbox, everyone] = [listen(client.inbox), listen(client.everyone)];
    await settle();

    server.socket.cut();
    server.publish('@alice', 'psst', 'bob');
    server.publish('*', 'all', 'bob');
    await clock.advance(5_000);

    expect([inbox, everyone]).toEqual([['psst'], ['all']]);
  });

  it('shows each state it goes through', async () => {
    const { server, member, clock } = world;
    const { client } = await member('alice');
    const states: string[] = [];
    client.on('state', (state) => states.push(state));
    server.pageSize = 10;

    server.socket.cut();
    for (const n of numbers(1, 50)) server.publish('lobby', n);
    await clock.advance(5_000);

    expect(states).toEqual(['live', 'offline', 'connecting', 'catching-up', 'live']);
  });

  it('keeps its guest name if the server chose it', async () => {
    const { server, connect, clock, settle } = world;
    const client = connect('', { userId: undefined } as never);
    await settle();
    expect(client.userId).toBe('guest-1');

    server.socket.cut();
    await clock.advance(5_000);

    expect(client.userId).toBe('guest-1');
    expect(server.socket.url).toBe('ws://server.test/dev?userId=guest-1');
    expect(server.socket.protocols).toBeUndefined();
  });

  it('replaces a connection that no longer answers', async () => {
    const { server, member, clock } = world;
    const { seen } = await member('alice');

    server.socket.isMute = true;
    server.publish('lobby', 'unheard');
    await clock.advance(31 * 60_000);

    expect(seen).toEqual(['unheard']);
    expect(server.sockets).toHaveLength(2);
  });
});
