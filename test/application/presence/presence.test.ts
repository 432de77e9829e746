import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Caller } from '../../../src/domain/access/caller.js';
import { InMemoryWorld } from '../../support/worlds/in-memory-world.js';

describe('presence', () => {
  let world: InMemoryWorld;
  let alice: Caller;
  let bob: Caller;
  let phone: Caller;
  const notice = { type: 'presence', room: 'lobby', digest: expect.any(Number) };
  const joined = (...users: string[]) => ({ ...notice, joined: users, left: [] });
  const left = (...users: string[]) => ({ ...notice, joined: [], left: users });
  const leave = (caller: Caller) => world.app.leaveRoom.execute(caller, { action: 'leave', room: 'lobby' });

  beforeEach(async () => {
    world = new InMemoryWorld();
    alice = await world.connect('alice');
    bob = await world.connect('bob');
    phone = await world.connect('bob', 'phone=');
    await world.join('lobby', alice);
  });

  it('tells the others when a user’s first device joins, but not about the next ones', async () => {
    await world.join('lobby', bob, phone, phone, bob);

    expect(world.received(alice)).toEqual([joined('bob')]);
    expect(world.received(bob)).toEqual([]);
    expect(world.received(phone)).toEqual([]);
  });

  it('tells the others when the last device leaves, and not before', async () => {
    await world.join('lobby', bob, phone);
    world.received(alice);

    await leave(bob);
    expect(world.received(alice)).toEqual([]);
    await leave(phone);
    expect(world.received(alice)).toEqual([left('bob')]);
    await leave(phone);
    expect(world.received(alice)).toEqual([]);
  });

  it('tells it once when the last device disconnects, even if its disconnect comes twice', async () => {
    await world.join('lobby', bob, phone);
    world.received(alice);

    await world.app.disconnect.execute('phone=');
    expect(world.received(alice)).toEqual([]);
    for (let n = 0; n < 3; n += 1) await world.app.disconnect.execute('bob=');
    expect(world.received(alice)).toEqual([left('bob')]);
  });

  it('tells it when a push finds the last device gone', async () => {
    await world.join('lobby', bob);
    world.received(alice);
    await world.clients.close('bob=');

    await world.publish(alice, 'lobby', 'anybody there?');

    expect(world.received(alice, 'presence')).toEqual([left('bob')]);
    expect((await world.presence(alice, 'lobby')).members).toEqual(['alice']);
  });

  it.each<[what: string, hint: (carol: Caller) => Promise<unknown>]>([
    ['enters', (carol) => world.join('lobby', carol)],
    ['leaves', () => leave(phone)],
  ])('is told when a notice that a user %s finds a device gone', async (_, hint) => {
    const carol = await world.connect('carol');
    const dave = await world.connect('dave');
    await world.join('lobby', dave, phone);
    world.received(alice);
    await world.clients.close('dave=');

    await hint(carol);

    expect(world.received(alice, 'presence')).toContainEqual(left('dave'));
    expect((await world.presence(alice, 'lobby')).members).not.toContain('dave');
    expect((await world.presence(alice, '*')).members).not.toContain('dave');
  });

  it('tells it in every room that a lost connection was in', async () => {
    await world.join('team', alice, bob);
    await world.join('lobby', bob);
    world.received(alice);

    await world.app.disconnect.execute('bob=');

    expect(world.received(alice).map(({ room, left }) => [room, left])).toEqual(
      expect.arrayContaining([
        ['lobby', ['bob']],
        ['team', ['bob']],
      ]),
    );
  });

  it('lists each user once, and only members are told', async () => {
    await world.join('lobby', bob, phone);

    expect(await world.presence(alice, 'lobby')).toEqual({ room: 'lobby', members: ['alice', 'bob'] });
    const carol = await world.connect('carol');
    await expect(world.presence(carol, 'lobby')).rejects.toMatchObject({ code: 'not_a_member' });
    await expect(world.presence(carol, '@bob')).rejects.toMatchObject({ code: 'not_a_member' });
    await expect(world.presence(carol, 'nowhere')).rejects.toMatchObject({ code: 'not_a_member' });
  });

  it('lists `*` and the user’s own inbox, and announces nothing there', async () => {
    expect(await world.presence(bob, '*')).toEqual({ room: '*', members: ['alice', 'bob'] });
    expect(await world.presence(bob, '@bob')).toEqual({ room: '@bob', members: ['bob'] });

    await world.app.disconnect.execute('bob=');
    expect(world.received(alice)).toEqual([]);
    expect(world.received(phone)).toEqual([]);
  });

  it('leaves out expired connections, so a new device is the first', async () => {
    world.clock.advance(2 * 3_600_000);
    const early = await world.connect('carol');
    await world.join('lobby', early);
    world.clock.advance(10 * 60_000);

    const carol = await world.presence(early, 'lobby');
    expect(carol.members).toEqual(['carol']);
  });

  it('shows 100 users of a larger room, says so, and announces nothing more', async () => {
    for (let n = 0; n < 99; n += 1) await world.join('lobby', await world.connect(`user-${n}`));
    const full = await world.presence(alice, 'lobby');
    expect(full.members).toHaveLength(100);
    expect(full).not.toHaveProperty('truncated');
    expect(world.received(alice)).toHaveLength(99);

    await world.join('lobby', bob);
    const more = await world.presence(alice, 'lobby');
    expect(more).toMatchObject({ truncated: true });
    expect(more.members).toHaveLength(100);
    expect(world.received(alice)).toEqual([]);
  });

  it('is told once for two devices that join at the same time', async () => {
    await Promise.all(
      [bob, phone].map((device) => world.app.joinRoom.execute(device, { action: 'join', room: 'lobby' })),
    );

    expect(world.received(alice)).toEqual([joined('bob')]);
  });
});
