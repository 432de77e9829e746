import { describe, expect, it } from '@jest/globals';
import { ClientWorld } from '../support/client-world.js';

describe('A room that two components of a page use', () => {
  const world = new ClientWorld();

  it('is left when both have left it', async () => {
    const { server, member, outcome, settle } = world;
    const { room, seen } = await member('alice');
    await outcome(room.join());

    await outcome(room.leave());
    server.publish('lobby', 'still here');
    await settle();
    expect(server.members('lobby')).toEqual(['alice']);
    await outcome(room.leave());
    server.publish('lobby', 'unwanted');
    await settle();

    expect(server.members('lobby')).toEqual([]);
    expect(seen).toEqual(['still here']);
  });

  it('is not kept by a join that failed', async () => {
    const { server, connect, outcome } = world;
    const room = connect('alice').room('lobby');
    server.admits = () => false;
    await expect(outcome(room.join())).rejects.toMatchObject({ code: 'forbidden' });
    server.admits = () => true;
    await outcome(room.join());

    await outcome(room.leave());

    expect(server.members('lobby')).toEqual([]);
  });

  it('is left by one leave after the server had shut it out', async () => {
    const { server, member, outcome, clock } = world;
    const { room } = await member('alice');
    await outcome(room.join());
    server.admits = () => false;
    server.socket.cut();
    await clock.advance(5_000);
    server.admits = () => true;
    await outcome(room.join());

    await outcome(room.leave());

    expect(server.members('lobby')).toEqual([]);
  });

  it('ignores a leave without a join', async () => {
    const { server, connect, outcome } = world;
    const room = connect('alice').room('lobby');

    await outcome(Promise.all([room.leave(), room.leave()]));
    await outcome(room.join());

    expect(server.members('lobby')).toEqual(['alice']);
  });
});

describe('A call before join in the same task', () => {
  const world = new ClientWorld();

  it('waits for it, in the order of the calls', async () => {
    const { server, connect, outcome } = world;
    const room = connect('alice').room('lobby');

    const first = room.publish(1);
    const members = room.presence();
    const joined = room.join();
    const second = room.publish(2);
    await outcome(joined);

    expect(await outcome(Promise.all([first, second]))).toMatchObject([{ offset: 1 }, { offset: 2 }]);
    expect((await outcome(members)).map(({ user }) => user)).toEqual(['alice']);
    expect(server.frames('publish').map(({ data }) => data)).toEqual([1, 2]);
  });

  it('waits for it on an open connection, too', async () => {
    const { server, connect, settle, outcome } = world;
    const client = connect('alice');
    await settle();
    const room = client.room('lobby');

    const published = [1, 2, 3].map((n) => room.publish(n));
    void room.join();
    published.push(room.publish(4));

    await outcome(Promise.all(published));
    expect(server.frames('publish').map(({ data }) => data)).toEqual([1, 2, 3, 4]);
  });

  it('is refused without asking the server if no join follows in the task', async () => {
    const { server, connect, settle, outcome } = world;
    const room = connect('alice').room('lobby');
    await settle();

    const calls: Promise<unknown>[] = [room.publish('a'), room.presence(), room.history().next()];

    for (const call of calls) await expect(outcome(call)).rejects.toMatchObject({ code: 'not_a_member' });
    expect(server.frames('publish')).toEqual([]);
  });

  it('is refused if the room is left before the task ends', async () => {
    const { connect, outcome } = world;
    const room = connect('alice').room('lobby');

    const published = room.publish('a');
    void room.join();
    void room.leave();

    await expect(outcome(published)).rejects.toMatchObject({ code: 'not_a_member' });
  });
});
