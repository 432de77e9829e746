import { describe, expect, it } from '@jest/globals';
import type { Room } from '../../src/room.js';
import { ClientWorld } from '../support/client-world.js';

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('A client in many rooms', () => {
  const world = new ClientWorld();

  const joinMany = async (count: number, options = {}) => {
    const client = world.connect('alice', options);
    const rooms: Room[] = numbers(1, count).map((n) => client.room(`room-${n}`));
    const seen = rooms.map((room) => world.listen(room));
    await world.outcome(Promise.all(rooms.map((room) => room.join())));
    return { client, seen };
  };

  it('resumes all fifty of them in one hello, however little fits into the reply', async () => {
    const { server, clock } = world;
    const { client, seen } = await joinMany(50);
    server.pageSize = 3;

    server.socket.cut();
    for (const n of numbers(1, 50)) for (const i of numbers(1, 10)) server.publish(`room-${n}`, i);
    await clock.advance(10_000);

    expect(seen).toEqual(seen.map(() => numbers(1, 10)));
    expect(server.frames('hello')[1]?.resume).toHaveLength(52);
    expect(client.state).toBe('live');
  });

  it('continues with history if a room came without items but with more', async () => {
    const { server, member, clock } = world;
    const { seen } = await member('alice');
    server.answer = ({ action }, socket) => {
      if (action !== 'hello') return undefined;
      socket.rooms.add('lobby');
      const { head } = server.log('lobby');
      const answer = { room: 'lobby', ...head, items: [], more: true, recovered: true };
      return { type: 'ack', userId: 'alice', rooms: [answer] };
    };

    server.socket.cut();
    for (const n of numbers(1, 250)) server.publish('lobby', n);
    await clock.advance(5_000);

    expect(seen).toEqual(numbers(1, 250));
    expect(server.frames('history')).toHaveLength(3);
  });

  it('joins the rooms that one hello cannot resume one by one', async () => {
    const { server, clock } = world;
    server.maxRooms = 100;
    const { seen } = await joinMany(60);

    server.socket.cut();
    for (const n of numbers(1, 60)) server.publish(`room-${n}`, n);
    await clock.advance(10_000);

    expect(seen).toEqual(numbers(1, 60).map((n) => [n]));
    expect(server.frames('hello')[1]?.resume).toHaveLength(52);
  });

  it('cannot join one room too many', async () => {
    const { client } = await joinMany(50);

    await expect(world.outcome(client.room('one-more').join())).rejects.toMatchObject({ code: 'room_limit' });
  });
});
