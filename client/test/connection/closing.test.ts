import { describe, expect, it } from '@jest/globals';
import { ClientWorld } from '../support/client-world.js';

const error = (code: string, more: object = {}) => ({ type: 'error', code, message: code, ...more });

describe('A client that is closed', () => {
  const world = new ClientWorld();

  it('rejects all pending calls, sent or waiting, and closes its connection', async () => {
    const { server, member, clock, settle } = world;
    const { client, room } = await member('alice');
    server.answer = (frame) =>
      frame.action === 'publish' && frame.data === 'again'
        ? error('unavailable', { retryable: true, retryAfterMs: 20_000 })
        : null;
    const pending = [
      room.publish('again'),
      room.publish('unanswered'),
      client.send('bob', 1),
      room.presence(),
    ];
    const outcomes = Promise.all(pending.map((one) => one.catch((reason) => reason.code)));
    await settle();

    const closing = client.close();
    await settle();

    expect(await outcomes).toEqual(['closed', 'closed', 'closed', 'closed']);
    await closing;
    expect(client.state).toBe('closed');
    expect(client.error).toBeUndefined();
    expect(server.open).toEqual([]);
    await clock.advance(60_000);
    expect(server.sockets).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  it('stops trying to connect', async () => {
    const { server, connect, clock } = world;
    server.isRefusing = true;
    const client = connect('alice');
    await clock.advance(1_000);

    void client.close();
    const { length } = server.sockets;
    await clock.advance(3_600_000);

    expect(server.sockets).toHaveLength(length);
    expect(clock.pending).toBe(0);
  });

  it('does not connect when it is closed while it waits for a token', async () => {
    const { server, connect, settle } = world;
    const client = connect('', {
      token: () => new Promise((resolve) => clock.setTimeout(() => resolve('a'), 50)),
    });
    const { clock } = world;
    await settle();

    void client.close();
    await clock.advance(1_000);

    expect(server.sockets).toEqual([]);
  });

  it('emits nothing more, even if the socket still receives', async () => {
    const { server, member, settle } = world;
    const { client, seen } = await member('alice');
    const { socket } = server;

    void client.close();
    const late = {
      type: 'message',
      room: 'lobby',
      epoch: 'e1',
      offset: 1,
      id: '',
      from: '',
      at: 0,
      data: 'late',
    };
    socket.onmessage?.({ data: JSON.stringify(late) });
    await settle();

    expect(seen).toEqual([]);
  });

  it('shows nothing more when it is closed in the midst of what came at once, and stands there', async () => {
    const { server, member, settle } = world;
    const { client, room, seen } = await member('alice');
    for (const n of [1, 2, 3]) server.log('lobby').append('bob', n);
    const { entries } = server.log('lobby');
    room.on('message', ({ data }) => data === 2 && void client.close());

    server.push('lobby', { type: 'messages', room: 'lobby', epoch: 'e1', items: entries });
    await settle();

    expect(seen).toEqual([1, 2]);
    expect(client.cursors().lobby).toEqual({ epoch: 'e1', offset: 2 });
  });

  it('rejects whatever is asked of it afterwards', async () => {
    const { member, outcome, settle } = world;
    const { client, room } = await member('alice');
    void client.close();
    await settle();

    await expect(outcome(room.publish('a'))).rejects.toMatchObject({ code: 'closed' });
    await expect(outcome(client.room('other').join())).rejects.toMatchObject({ code: 'closed' });
    await expect(outcome(client.close())).resolves.toBeUndefined();
  });
});
