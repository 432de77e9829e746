import { describe, expect, it } from '@jest/globals';
import type { Message } from '../src/feed.js';
import { ClientWorld } from './support/client-world.js';

describe('A client', () => {
  const world = new ClientWorld();

  it('joins a room, publishes there, and gets the message with its place', async () => {
    const { server, member, outcome } = world;
    const { client, room, seen } = await member('alice');

    const published = await outcome(room.publish({ text: 'hi' }));

    expect(published).toEqual({ room: 'lobby', epoch: 'e1', offset: 1, repeated: false });
    expect(seen).toEqual([{ text: 'hi' }]);
    expect(client.state).toBe('live');
    expect(server.members('lobby')).toEqual(['alice']);
  });

  it('tells the sender and the time of each message', async () => {
    const { server, member, settle } = world;
    const { room } = await member('alice');
    const messages: Message[] = [];
    room.on('message', (message) => messages.push(message));

    server.publish('lobby', 'hello', 'bob');
    await settle();

    expect(messages).toEqual([
      { room: 'lobby', epoch: 'e1', offset: 1, id: 'e1-1', from: 'bob', at: 0, data: 'hello' },
    ]);
  });

  it('delivers messages of many publishers in the order of the room', async () => {
    const { server, member, settle } = world;
    const { seen } = await member('alice');

    for (let i = 1; i <= 50; i += 1) server.publish('lobby', i);
    await settle();

    expect(seen).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
  });

  it('sends to one user and broadcasts to all', async () => {
    const { connect, listen, outcome, settle } = world;
    const [alice, bob] = [connect('alice'), connect('bob')];
    const [toBob, toAlice, toAll] = [listen(bob.inbox), listen(alice.inbox), listen(alice.everyone)];
    await settle();

    expect(await outcome(alice.send('bob', 'psst'))).toEqual({
      room: '@bob',
      epoch: 'e1',
      offset: 1,
      repeated: false,
    });
    expect(await outcome(bob.broadcast('maintenance at ten'))).toMatchObject({
      room: '*',
      offset: 1,
      repeated: false,
    });

    expect(toBob).toEqual(['psst']);
    expect(toAlice).toEqual([]);
    expect(toAll).toEqual(['maintenance at ten']);
    expect(bob.inbox.name).toBe('@bob');
  });
});
