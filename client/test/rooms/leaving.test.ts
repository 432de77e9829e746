import { describe, expect, it } from '@jest/globals';
import { ClientWorld } from '../support/client-world.js';

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('A room that is left', () => {
  const world = new ClientWorld();

  it('emits nothing more, not even pushes on their way', async () => {
    const { server, member, outcome, settle } = world;
    const { room, seen } = await member('alice');
    server.publish('lobby', 'on its way');

    await outcome(room.leave());
    server.publish('lobby', 'later');
    await settle();

    expect(seen).toEqual([]);
    expect(server.members('lobby')).toEqual([]);
  });

  it('emits nothing after leave, even while a join is under way', async () => {
    const { server, connect, listen, outcome, settle, clock } = world;
    const room = connect('alice').room('lobby');
    const seen = listen(room);
    await settle();
    server.answer = (frame, socket) => {
      if (frame.action !== 'join') return undefined;
      clock.setTimeout(() => server.publish('lobby', 'unwanted'), 5);
      clock.setTimeout(() => socket.push({ type: 'ack', id: String(frame.id), ...reply }), 10);
      socket.rooms.add('lobby');
      return null;
    };
    const reply = { room: 'lobby', epoch: 'e1', offset: 0, items: [], more: false, members: [] };

    void room.join();
    await outcome(room.leave(), 100);

    expect(seen).toEqual([]);
    expect(server.members('lobby')).toEqual([]);
  });

  it('emits nothing more when it is left between two messages of one frame', async () => {
    const { server, member, settle } = world;
    const { room, seen } = await member('alice');
    for (const n of numbers(1, 3)) server.log('lobby').append('bob', n);
    room.on('message', () => void room.leave());

    server.push('lobby', {
      type: 'messages',
      room: 'lobby',
      epoch: 'e1',
      items: server.log('lobby').entries,
    });
    await settle();

    expect(seen).toEqual([1]);
  });

  it('is left if leave was called during the hello that resumes it', async () => {
    const { server, member, clock } = world;
    const { room } = await member('alice');
    server.answer = ({ action }, socket) => {
      if (action === 'hello' && socket === server.sockets[1]) void room.leave();
      return undefined;
    };

    server.socket.cut();
    await clock.advance(5_000);

    expect(server.frames('hello')[1]?.resume).toContainEqual(expect.objectContaining({ room: 'lobby' }));
    expect(server.members('lobby')).toEqual([]);
  });

  it('is joined if it was joined again while a connection was being replaced', async () => {
    const { server, member, clock, settle } = world;
    const { room, seen } = await member('alice');
    server.answer = ({ action }, socket) => {
      if (action !== 'hello' || socket !== server.sockets[1]) return undefined;
      void room.leave();
      void room.join();
      void room.join();
      return undefined;
    };

    server.socket.cut();
    await clock.advance(5_000);
    server.publish('lobby', 'here');
    await settle();

    expect(seen).toEqual(['here']);
  });

  it('stays left after a reconnect', async () => {
    const { server, member, outcome, clock } = world;
    const { room } = await member('alice');
    await outcome(room.leave());

    server.socket.cut();
    await clock.advance(5_000);

    expect(server.members('lobby')).toEqual([]);
    expect(server.frames('hello')[1]?.resume).not.toContainEqual(expect.objectContaining({ room: 'lobby' }));
  });

  it('begins anew when it is joined again', async () => {
    const { server, member, outcome, settle } = world;
    const { room, seen } = await member('alice');
    await outcome(room.leave());
    server.publish('lobby', 'between');

    await outcome(room.join());
    server.publish('lobby', 'after');
    await settle();

    expect(seen).toEqual(['after']);
  });

  it('ends as the last call says, however quick the calls are', async () => {
    const { server, member, outcome } = world;
    const { room } = await member('alice');

    await outcome(Promise.all([room.leave(), room.join(), room.leave(), room.join(), room.leave()]));
    expect(server.members('lobby')).toEqual([]);
    await outcome(Promise.all([room.join(), room.leave(), room.join()]));

    expect(server.members('lobby')).toEqual(['alice']);
  });

  it('says no more to the handlers that come after the one that left', async () => {
    const { server, member, settle } = world;
    const { room } = await member('alice');
    const calls: string[] = [];
    room.on('message', () => void room.leave());
    room.on('message', () => calls.push('message'));

    server.publish('lobby', 1);
    await settle();

    expect(calls).toEqual([]);
  });

  it('says no more of who came once a handler of the list left it', async () => {
    const { server, member, settle } = world;
    const { room } = await member('alice');
    const calls: string[] = [];
    room.on('members', () => void room.leave());
    room.on('presence', () => calls.push('presence'));

    server.push('lobby', { type: 'presence', room: 'lobby', joined: ['bob'], left: [] });
    await settle();

    expect(calls).toEqual([]);
  });
});
