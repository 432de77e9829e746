import { describe, expect, it } from '@jest/globals';
import { ClientWorld } from '../support/client-world.js';

describe('A room', () => {
  const world = new ClientWorld();

  it('tells its members, and who comes and goes', async () => {
    const { server, member, outcome, settle } = world;
    const { room } = await member('alice');
    await member('bob');
    const presence: unknown[] = [];
    room.on('presence', (change) => presence.push(change));

    expect((await outcome(room.presence())).map(({ user }) => user)).toEqual(['alice', 'bob']);
    server.push('lobby', { type: 'presence', room: 'lobby', joined: [], left: ['bob'] });
    await settle();

    expect(presence).toEqual([{ joined: [], left: ['bob'] }]);
  });

  it('is the same object for each call', () => {
    const client = world.connect('alice');

    expect(client.room('lobby')).toBe(client.room('lobby'));
  });

  it.each(['', '*', '@bob', 'a#b', '../x', 'x'.repeat(65)])('cannot be called %j', async (name) => {
    const { connect, outcome } = world;
    const client = connect('alice');

    await expect(outcome(client.room(name).join())).rejects.toMatchObject({ code: 'invalid_room' });
    expect(client.state).toBe('live');
  });

  it('answers presence and history even if the server has forgotten the membership', async () => {
    const { server, member, outcome } = world;
    const { room } = await member('alice');
    server.publish('lobby', 'a');

    server.socket.rooms.delete('lobby');
    expect((await outcome(room.presence())).map(({ user }) => user)).toEqual(['alice']);
    server.socket.rooms.delete('lobby');
    expect((await outcome(room.history().next())).value).toMatchObject([{ data: 'a' }]);
  });

  it('refuses a join without permission, and can be joined later', async () => {
    const { server, connect, outcome } = world;
    const room = connect('alice').room('secret');
    server.admits = () => false;

    await expect(outcome(room.join())).rejects.toMatchObject({ code: 'forbidden' });
    server.admits = () => true;

    await expect(outcome(room.join())).resolves.toMatchObject({ members: ['alice'] });
  });

  it('reports that it is refused after a reconnect, while the others continue', async () => {
    const { server, member, listen, outcome, settle, clock } = world;
    const { client, room } = await member('alice', 'secret');
    const other = client.room('lobby');
    const seen = listen(other);
    await outcome(other.join());
    const errors: unknown[] = [];
    room.on('error', ({ code }) => errors.push(code));
    server.admits = (_, name) => name !== 'secret';

    server.socket.cut();
    await clock.advance(5_000);
    server.publish('lobby', 'here');
    await settle();

    expect(errors).toEqual(['forbidden']);
    expect(seen).toEqual(['here']);
    expect(client.state).toBe('live');
  });

  it('is joined again by itself if the server could not answer at first', async () => {
    const { server, member, settle, clock } = world;
    const { client, seen } = await member('alice');
    server.answer = ({ action }, socket) =>
      action === 'hello'
        ? {
            type: 'ack',
            userId: socket.userId,
            rooms: [{ room: 'lobby', error: { code: 'unavailable', message: '', retryable: true } }],
          }
        : undefined;

    server.socket.cut();
    server.publish('lobby', 'missed');
    await clock.advance(5_000);
    server.publish('lobby', 'new');
    await settle();

    expect(seen).toEqual(['missed', 'new']);
    expect(client.state).toBe('live');
  });

  it('is joined again on another connection if this one cannot', async () => {
    const { server, member, clock } = world;
    const { room, seen } = await member('alice');
    const errors: unknown[] = [];
    room.on('error', (error) => errors.push(error));
    server.socket.rooms.delete('lobby');
    server.answer = ({ action }, socket) =>
      action === 'join' && socket === server.sockets[0]
        ? { type: 'error', code: 'unavailable', message: '', retryable: true }
        : undefined;
    for (const n of [1, 2]) server.log('lobby').append('bob', n);

    const push = { type: 'message', room: 'lobby', epoch: 'e1', ...server.log('lobby').entries[1] };
    server.socket.push(push as never);
    await clock.advance(3 * 60_000);

    expect(seen).toEqual([1, 2]);
    expect(errors).toEqual([]);
    expect(server.sockets).toHaveLength(2);
  });
});
