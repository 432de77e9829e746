import { describe, expect, it } from '@jest/globals';
import { ClientWorld } from '../support/client-world.js';
import type { Frame } from '../support/fake-socket.js';

describe('A member of a room', () => {
  const world = new ClientWorld();

  /** A room's nth push, as often as wanted. */
  const push = (offset: number, epoch = 'e1') => {
    const entry = world.server.log('lobby').entries[offset - 1];
    world.server.push('lobby', { type: 'message', room: 'lobby', epoch, ...entry } as Frame);
  };
  const publishUnseen = (...data: unknown[]) => {
    for (const one of data) world.server.log('lobby').append('bob', one);
  };

  it('reads a lost push from history, and shows it in its place', async () => {
    const { server, member, clock } = world;
    const { seen } = await member('alice');
    server.delivers = ({ offset }) => offset !== 2 && offset !== 3;

    for (const n of [1, 2, 3, 4, 5]) server.publish('lobby', n);
    await clock.advance(1_000);

    expect(seen).toEqual([1, 2, 3, 4, 5]);
    expect(server.frames('history')).toHaveLength(1);
  });

  it('waits a moment before it asks, because pushes overtake each other', async () => {
    const { server, member, settle, clock } = world;
    const { seen } = await member('alice');
    publishUnseen('a', 'b', 'c');

    push(3);
    push(2);
    await settle();
    expect(seen).toEqual([]);
    push(1);
    await clock.advance(1_000);

    expect(seen).toEqual(['a', 'b', 'c']);
    expect(server.frames('history')).toEqual([]);
  });

  it('shows a repeated push only once', async () => {
    const { server, member, settle } = world;
    const { seen } = await member('alice');

    server.publish('lobby', 'a');
    push(1);
    server.publish('lobby', 'b');
    push(2);
    push(1);
    await settle();

    expect(seen).toEqual(['a', 'b']);
  });

  it('takes several publications in one frame', async () => {
    const { server, member, settle } = world;
    const { seen } = await member('alice');
    publishUnseen('a', 'b');

    const { entries } = server.log('lobby');
    server.push('lobby', { type: 'messages', room: 'lobby', epoch: 'e1', items: entries });
    await settle();

    expect(seen).toEqual(['a', 'b']);
  });

  it('learns from a ping of a last push that never came', async () => {
    const { server, member, clock } = world;
    const { client, seen } = await member('alice');
    server.delivers = () => false;

    server.publish('lobby', 'lost');
    await clock.advance(30 * 60_000 + 1_000);

    expect(seen).toEqual(['lost']);
    expect(client.state).toBe('live');
    expect(server.sockets).toHaveLength(1);
  });

  it('asks about all its rooms twice an hour, even if nothing arrives', async () => {
    const { server, member, clock } = world;
    await member('alice');

    await clock.advance(61 * 60_000);

    expect(server.frames('ping')).toHaveLength(2);
    expect(server.frames('ping')[0]).toMatchObject({ rooms: ['*', '@alice', 'lobby'] });
  });

  it('does not show messages from before it joined, even if they are pushed late', async () => {
    const { server, connect, listen, settle } = world;
    publishUnseen('early', 'earlier');
    const room = connect('alice').room('lobby');
    const seen = listen(room);
    server.answer = (frame, socket) => {
      // The membership is there and pushes come before the reply is read.
      if (frame.action === 'join') socket.rooms.add('lobby');
      if (frame.action === 'join') push(2);
      return undefined;
    };

    const joined = room.join();
    await settle();
    server.publish('lobby', 'new');
    await settle();

    expect(await joined).toEqual({ epoch: 'e1', offset: 2, members: ['alice'], truncated: false });
    expect(seen).toEqual(['new']);
  });

  it('keeps pushes between the membership and the reply to join', async () => {
    const { server, connect, listen, settle } = world;
    const room = connect('alice').room('lobby');
    const seen = listen(room);
    server.answer = (frame, socket) => {
      if (frame.action !== 'join') return undefined;
      socket.rooms.add('lobby');
      server.publish('lobby', 'just now');
      return { type: 'ack', ...server.log('lobby').head, offset: 0, room: 'lobby', items: [], members: [] };
    };

    room.join().catch(() => {});
    await settle();

    expect(seen).toEqual(['just now']);
  });

  it('does not ask more often when history brings nothing new', async () => {
    const { server, member, clock } = world;
    await member('alice');
    server.answer = ({ action }) =>
      action === 'history'
        ? { type: 'ack', room: 'lobby', epoch: 'e1', offset: 2, items: [], more: true, recovered: true }
        : undefined;
    publishUnseen('a', 'b');

    push(2);
    await clock.advance(120_000);

    expect(server.frames('history').length).toBeGreaterThan(3);
    expect(server.frames('history').length).toBeLessThan(20);
  });

  it('joins again when history shows that the server has forgotten it', async () => {
    const { server, member, clock } = world;
    const { seen } = await member('alice');
    publishUnseen('a', 'b');

    push(2);
    server.socket.rooms.delete('lobby');
    await clock.advance(1_000);

    expect(seen).toEqual(['a', 'b']);
    expect(server.members('lobby')).toEqual(['alice']);
    expect(server.sockets).toHaveLength(1);
  });

  it('learns from a ping that the server has forgotten it', async () => {
    const { server, member, clock } = world;
    const { seen } = await member('alice');

    server.socket.rooms.delete('lobby');
    server.publish('lobby', 'missed');
    await clock.advance(31 * 60_000);

    expect(seen).toEqual(['missed']);
    expect(server.members('lobby')).toEqual(['alice']);
  });

  it('asks again, less and less often, while history fails', async () => {
    const { server, member, clock } = world;
    const { client, seen } = await member('alice');
    let refusals = 5;
    server.answer = (frame) =>
      frame.action === 'history' && refusals-- > 0
        ? { type: 'error', code: 'unavailable', message: '', retryable: true }
        : undefined;
    publishUnseen('a', 'b');

    push(2);
    await clock.advance(400);
    expect(client.state).toBe('catching-up');
    await clock.advance(60_000);

    expect(seen).toEqual(['a', 'b']);
    expect(server.frames('history')).toHaveLength(6);
    expect(client.state).toBe('live');
  });
});
