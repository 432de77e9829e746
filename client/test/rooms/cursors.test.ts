import { describe, expect, it } from '@jest/globals';
import { ClientWorld } from '../support/client-world.js';

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('A feed', () => {
  const world = new ClientWorld();

  it('continues where an earlier visit ended', async () => {
    const { server, member, connect, listen, outcome, settle, close } = world;
    const first = await member('alice');
    server.publish('lobby', 1);
    server.publish('@alice', 'psst');
    await settle();
    const cursors = first.client.cursors();
    await close();
    for (const n of [2, 3]) server.publish('lobby', n);
    server.publish('@alice', 'while you were away');

    const client = connect('alice', { cursors });
    const [seen, inbox] = [listen(client.room('lobby')), listen(client.inbox)];
    await outcome(client.room('lobby').join());

    expect(seen).toEqual([2, 3]);
    expect(inbox).toEqual(['while you were away']);
  });

  it('continues where it ended even if only the token names its user: the inbox', async () => {
    const { server, connect, listen, settle } = world;
    for (const n of [1, 2, 3]) server.publish('@alice', n);

    const client = connect('', { token: () => 'alice', cursors: { '@alice': { epoch: 'e1', offset: 1 } } });
    const inbox = listen(client.inbox);
    await settle();

    expect(inbox).toEqual([2, 3]);
  });

  it('continues where an earlier visit ended even if the second join succeeds', async () => {
    const { server, connect, listen, outcome } = world;
    for (const n of [1, 2]) server.publish('lobby', n);
    const room = connect('alice', { cursors: { lobby: { epoch: 'e1', offset: 1 } } }).room('lobby');
    const seen = listen(room);
    server.admits = () => false;
    await expect(outcome(room.join())).rejects.toMatchObject({ code: 'forbidden' });

    server.admits = () => true;
    await outcome(room.join());

    expect(seen).toEqual([2]);
  });

  it('continues where an earlier visit ended only once', async () => {
    const { server, connect, listen, outcome } = world;
    for (const n of [1, 2]) server.publish('lobby', n);
    const room = connect('alice', { cursors: { lobby: { epoch: 'e1', offset: 0 } } }).room('lobby');
    const seen = listen(room);

    await outcome(room.join());
    await outcome(room.leave());
    await outcome(room.join());

    expect(seen).toEqual([1, 2]);
    expect(room.cursor).toEqual({ epoch: 'e1', offset: 2 });
  });

  it('continues after a given place', async () => {
    const { server, connect, listen, outcome } = world;
    for (const n of numbers(1, 300)) server.publish('lobby', n);
    const room = connect('alice').room('lobby');
    const seen = listen(room);

    await outcome(room.join({ since: { epoch: 'e1', offset: 250 } }));

    expect(seen).toEqual(numbers(251, 300));
  });

  it('stands at the message that is being handled, not at the last of those that came with it', async () => {
    const { server, member, settle } = world;
    const { client, room } = await member('alice');
    const places: unknown[] = [];
    room.on('message', ({ offset }) =>
      places.push([offset, room.cursor?.offset, client.cursors().lobby?.offset]),
    );
    for (const n of numbers(1, 3)) server.log('lobby').append('bob', n);

    const { entries } = server.log('lobby');
    server.push('lobby', { type: 'messages', room: 'lobby', epoch: 'e1', items: entries });
    await settle();

    expect(places).toEqual(numbers(1, 3).map((n) => [n, n, n]));
  });

  it('keeps the place of an earlier visit until it is known better, however soon the page is reloaded', async () => {
    const { server, connect, settle } = world;
    const cursors = { lobby: { epoch: 'e1', offset: 3 }, '@alice': { epoch: 'e1', offset: 1 } };
    for (const n of numbers(1, 5)) for (const room of Object.keys(cursors)) server.publish(room, n);
    const client = connect('', { cursors, token: () => 'alice' });

    expect(client.cursors()).toEqual(cursors);
    await settle();
    const joining = client.room('lobby').join();
    expect(client.cursors()).toMatchObject({ lobby: { offset: 3 }, '@alice': { offset: 5 } });
    await settle();
    await joining;

    expect(client.cursors()).toMatchObject({ lobby: { offset: 5 } });
    void client.room('lobby').leave();
    await settle();
    expect(client.cursors()).not.toHaveProperty('lobby');
  });

  it('of the newest thousand rooms are kept', () => {
    const place = { epoch: 'e1', offset: 1 };
    const cursors = Object.fromEntries(numbers(1, 2_000).map((n) => [`room-${n}`, place]));
    const kept = world.connect('alice', { cursors }).cursors();

    expect(Object.keys(kept)).toHaveLength(1_000);
    expect(kept).toHaveProperty('room-2000');
  });
});
