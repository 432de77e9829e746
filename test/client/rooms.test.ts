import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Room } from '../../client/src/room.js';
import { world } from './support/world.js';

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('A room', () => {
  let w: ReturnType<typeof world>;
  beforeEach(() => {
    w = world();
  });
  afterEach(() => w.close());

  it('tells who is in it, and who comes and goes', async () => {
    const { server, member, outcome, settle } = w;
    const { room } = await member('alice');
    await member('bob');
    const presence: unknown[] = [];
    room.on('presence', (change) => presence.push(change));

    expect(await outcome(room.members())).toEqual(['alice', 'bob']);
    server.push('lobby', { type: 'presence', room: 'lobby', joined: [], left: ['bob'] });
    await settle();

    expect(presence).toEqual([{ joined: [], left: ['bob'] }]);
  });

  it('is the same one each time it is asked for', () => {
    const client = w.connect('alice');

    expect(client.room('lobby')).toBe(client.room('lobby'));
  });

  it.each(['', '*', '@bob', 'a#b', '../x', 'x'.repeat(65)])('cannot be called %j', async (name) => {
    const { connect, outcome } = w;
    const client = connect('alice');

    await expect(outcome(client.room(name).join())).rejects.toMatchObject({ code: 'invalid_room' });
    expect(client.state).toBe('live');
  });

  it('says no more once it is left, not even what is on its way', async () => {
    const { server, member, outcome, settle } = w;
    const { room, seen } = await member('alice');
    server.publish('lobby', 'on its way');

    await outcome(room.leave());
    server.publish('lobby', 'later');
    await settle();

    expect(seen).toEqual([]);
    expect(server.members('lobby')).toEqual([]);
  });

  it('says no more after leave, even while a join is under way', async () => {
    const { server, connect, listen, outcome, settle, clock } = w;
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

  it('says no more when it is left in the midst of what came at once', async () => {
    const { server, member, settle } = w;
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

  it('is not in the room when it was left while the hello that resumed it was under way', async () => {
    const { server, member, clock } = w;
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

  it('is in the room that it joined again while a connection was being replaced', async () => {
    const { server, member, clock, settle } = w;
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

  it('is left for good, whatever becomes of the connection', async () => {
    const { server, member, outcome, clock } = w;
    const { room } = await member('alice');
    await outcome(room.leave());

    server.socket.cut();
    await clock.advance(5_000);

    expect(server.members('lobby')).toEqual([]);
    expect(server.frames('hello')[1]?.resume).not.toContainEqual(expect.objectContaining({ room: 'lobby' }));
  });

  it('begins anew when it is joined again', async () => {
    const { server, member, outcome, settle } = w;
    const { room, seen } = await member('alice');
    await outcome(room.leave());
    server.publish('lobby', 'between');

    await outcome(room.join());
    server.publish('lobby', 'after');
    await settle();

    expect(seen).toEqual(['after']);
  });

  it('is in the end what was asked last, however quickly', async () => {
    const { server, member, outcome } = w;
    const { room } = await member('alice');

    await outcome(Promise.all([room.leave(), room.join(), room.leave(), room.join(), room.leave()]));
    expect(server.members('lobby')).toEqual([]);
    await outcome(Promise.all([room.join(), room.leave(), room.join()]));

    expect(server.members('lobby')).toEqual(['alice']);
  });

  it('goes on where an earlier visit ended', async () => {
    const { server, member, connect, listen, outcome, settle, close } = w;
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

  it('of which only the token tells whose it is goes on where it ended: the inbox', async () => {
    const { server, connect, listen, settle } = w;
    for (const n of [1, 2, 3]) server.publish('@alice', n);

    const client = connect('', { token: () => 'alice', cursors: { '@alice': { epoch: 'e1', offset: 1 } } });
    const inbox = listen(client.inbox);
    await settle();

    expect(inbox).toEqual([2, 3]);
  });

  it('goes on where an earlier visit ended even if it took two calls to get in', async () => {
    const { server, connect, listen, outcome } = w;
    for (const n of [1, 2]) server.publish('lobby', n);
    const room = connect('alice', { cursors: { lobby: { epoch: 'e1', offset: 1 } } }).room('lobby');
    const seen = listen(room);
    server.admits = () => false;
    await expect(outcome(room.join())).rejects.toMatchObject({ code: 'forbidden' });

    server.admits = () => true;
    await outcome(room.join());

    expect(seen).toEqual([2]);
  });

  it('goes on where an earlier visit ended only once', async () => {
    const { server, connect, listen, outcome } = w;
    for (const n of [1, 2]) server.publish('lobby', n);
    const room = connect('alice', { cursors: { lobby: { epoch: 'e1', offset: 0 } } }).room('lobby');
    const seen = listen(room);

    await outcome(room.join());
    await outcome(room.leave());
    await outcome(room.join());

    expect(seen).toEqual([1, 2]);
    expect(room.cursor).toEqual({ epoch: 'e1', offset: 2 });
  });

  it('goes on after the place it is told', async () => {
    const { server, connect, listen, outcome } = w;
    for (const n of numbers(1, 300)) server.publish('lobby', n);
    const room = connect('alice').room('lobby');
    const seen = listen(room);

    await outcome(room.join({ since: { epoch: 'e1', offset: 250 } }));

    expect(seen).toEqual(numbers(251, 300));
  });

  it('can be asked who is there, and for its history, when the server has forgotten that we are', async () => {
    const { server, member, outcome } = w;
    const { room } = await member('alice');
    server.publish('lobby', 'a');

    server.socket.rooms.delete('lobby');
    expect(await outcome(room.members())).toEqual(['alice']);
    server.socket.rooms.delete('lobby');
    expect((await outcome(room.history().next())).value).toMatchObject([{ data: 'a' }]);
  });

  it('refuses who may not join, and can be asked again', async () => {
    const { server, connect, outcome } = w;
    const room = connect('alice').room('secret');
    server.admits = () => false;

    await expect(outcome(room.join())).rejects.toMatchObject({ code: 'forbidden' });
    server.admits = () => true;

    await expect(outcome(room.join())).resolves.toMatchObject({ members: ['alice'] });
  });

  it('reports that it is closed to us after a reconnect, while the others go on', async () => {
    const { server, member, listen, outcome, settle, clock } = w;
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

  it('is joined again by itself when the server could not say at first', async () => {
    const { server, member, settle, clock } = w;
    const { client, seen } = await member('alice');
    server.answer = ({ action }, socket) =>
      action === 'hello'
        ? {
            type: 'ack',
            userId: socket.userId,
            rooms: [{ room: 'lobby', error: { code: 'unavailable', message: '' } }],
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

  it('is joined again by another connection when this one cannot', async () => {
    const { server, member, clock } = w;
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

describe('A client in many rooms', () => {
  let w: ReturnType<typeof world>;
  beforeEach(() => {
    w = world();
  });
  afterEach(() => w.close());

  const joinMany = async (count: number, options = {}) => {
    const client = w.connect('alice', options);
    const rooms: Room[] = numbers(1, count).map((n) => client.room(`room-${n}`));
    const seen = rooms.map((room) => w.listen(room));
    await w.outcome(Promise.all(rooms.map((room) => room.join())));
    return { client, seen };
  };

  it('resumes all fifty of them in one hello, however little fits into the reply', async () => {
    const { server, clock } = w;
    const { client, seen } = await joinMany(50);
    server.pageSize = 3;

    server.socket.cut();
    for (const n of numbers(1, 50)) for (const i of numbers(1, 10)) server.publish(`room-${n}`, i);
    await clock.advance(10_000);

    expect(seen).toEqual(seen.map(() => numbers(1, 10)));
    expect(server.frames('hello')[1]?.resume).toHaveLength(52);
    expect(client.state).toBe('live');
  });

  it('goes on by history where a room came with no items at all but with more', async () => {
    const { server, member, clock } = w;
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

  it('joins one by one what one hello cannot resume', async () => {
    const { server, clock } = w;
    server.maxRooms = 100;
    const { seen } = await joinMany(60);

    server.socket.cut();
    for (const n of numbers(1, 60)) server.publish(`room-${n}`, n);
    await clock.advance(10_000);

    expect(seen).toEqual(numbers(1, 60).map((n) => [n]));
    expect(server.frames('hello')[1]?.resume).toHaveLength(52);
  });

  it('is refused one room too many', async () => {
    const { client } = await joinMany(50);

    await expect(w.outcome(client.room('one-more').join())).rejects.toMatchObject({ code: 'room_limit' });
  });
});

describe('A room’s history', () => {
  let w: ReturnType<typeof world>;
  beforeEach(() => {
    w = world();
  });
  afterEach(() => w.close());

  const pages = async (history: AsyncGenerator<{ data: unknown }[]>, clock = w.clock) => {
    const all: unknown[][] = [];
    const reading = (async () => {
      for await (const page of history) all.push(page.map(({ data }) => data));
    })();
    await clock.advance(1_000);
    await reading;
    return all;
  };

  it('comes newest page first, each page oldest first, to the end', async () => {
    const { server, member } = w;
    for (const n of numbers(1, 25)) server.publish('lobby', n);
    const { room } = await member('alice');

    expect(await pages(room.history({ limit: 10 }))).toEqual([
      numbers(16, 25),
      numbers(6, 15),
      numbers(1, 5),
    ]);
    expect(server.frames('history')).toHaveLength(3);
  });

  it('begins before a place, if one is given', async () => {
    const { server, member } = w;
    for (const n of numbers(1, 25)) server.publish('lobby', n);
    const { room } = await member('alice');

    const history = room.history({ limit: 10, before: { epoch: 'e1', offset: 12 } });

    expect(await pages(history)).toEqual([numbers(2, 11), [1]]);
  });

  it('has no page where nothing was published', async () => {
    const { member } = w;
    const { room } = await member('alice');

    expect(await pages(room.history())).toEqual([]);
  });

  it('is read no further than it is asked for', async () => {
    const { server, member, outcome } = w;
    for (const n of numbers(1, 500)) server.publish('lobby', n);
    const { room } = await member('alice');

    for await (const page of {
      [Symbol.asyncIterator]: () => {
        const history = room.history();
        return { next: () => outcome(history.next()), return: () => history.return() };
      },
    }) {
      expect(page).toHaveLength(50);
      break;
    }

    expect(server.frames('history')).toHaveLength(1);
  });

  it('of the inbox has what came before one ever connected', async () => {
    const { server, connect } = w;
    server.publish('@alice', 'welcome');

    expect(await pages(connect('alice').inbox.history())).toEqual([['welcome']]);
  });
});
