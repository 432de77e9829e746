import { describe, expect, it } from '@jest/globals';
import { digestOf } from '../../src/presence/members.js';
import type { Member } from '../../src/room.js';
import { ClientWorld } from '../support/client-world.js';

const member = (user: string): Member => ({ user, state: null, counter: 0 });

describe('A list of members', () => {
  const world = new ClientWorld();

  it.each(['join', 'presence'])('is asked for where a notice overtook the reply to %s', async (action) => {
    const { server, clock, connect } = world;
    const room = connect('alice').room('lobby');
    const digest = digestOf([member('alice'), member('bob')]);
    server.answer = (frame, socket) => {
      if (frame.action !== action) return undefined;
      server.answer = () => undefined;
      socket.rooms.add('lobby');
      socket.push({ type: 'presence', room: 'lobby', joined: ['bob'], left: [], digest });
      const reply = { type: 'ack', id: String(frame.id), ...server.log('lobby').after(undefined, 0) };
      clock.setTimeout(() => socket.push({ ...reply, members: ['alice'] }), 5);
      return null;
    };
    void room.join();
    await clock.advance(20);
    if (action === 'presence') void room.presence();
    await clock.advance(20);
    expect(room.members).toEqual([member('alice')]);

    void connect('bob').room('lobby').join();
    await clock.advance(30_000);

    expect(room.members).toEqual([member('alice'), member('bob')]);
  });

  it('is empty, and said to be, where the server no longer lets us in', async () => {
    const { server, clock } = world;
    const { room } = await world.member('alice');
    const lists: unknown[] = [];
    room.on('members', (members) => lists.push(members));
    server.admits = () => false;

    server.socket.cut();
    await clock.advance(10_000);

    expect(lists).toEqual([[]]);
  });
});
