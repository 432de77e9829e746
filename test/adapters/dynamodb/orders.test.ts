import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Identity } from '../../../src/domain/access/identity.js';
import { DistantWorld } from '../../support/worlds/distant-world.js';

/** Steps whose order matters: another order would be faster, but wrong. */
describe('before a client’s permission is checked', () => {
  let world: DistantWorld;
  let alice: Identity;
  let mallory: Identity;
  const writesOf = (room: string) =>
    [world.messages, world.connections].flatMap((rows) =>
      rows.partitions().filter((pk) => pk.includes(room)),
    );

  beforeEach(async () => {
    world = new DistantWorld();
    alice = world.identity('alice');
    mallory = { ...world.identity('mallory'), permissions: 'join:*' };
    await world.connect(alice);
    await world.connect(mallory);
  });

  it.each([
    ['publish', { data: 'x', key: 'key' }],
    ['publish', { data: 'x' }],
    ['history', {}],
    ['history', { since: { epoch: 'x', offset: 0 } }],
    ['presence', {}],
  ])('%s writes nothing for a room without rows', async (action, fields) => {
    const { reply } = await world.send(mallory, { action, room: 'vault', ...fields });

    expect(reply).toMatchObject({ type: 'error', code: 'not_a_member' });
    expect(writesOf('vault')).toEqual([]);
  });

  it('ping writes nothing for such a room, or for the other rooms of its frame', async () => {
    const { reply } = await world.send(mallory, { action: 'ping', rooms: ['*', 'vault'] });

    expect(reply).toMatchObject({ code: 'not_a_member' });
    expect(writesOf('vault')).toEqual([]);
    expect(world.messages.partitions()).toEqual([]);
  });

  it.each(['broadcast', 'send'])('%s writes nothing without permission', async (action) => {
    const { reply } = await world.send(mallory, {
      action,
      data: 'x',
      ...(action === 'send' && { to: 'bob' }),
    });

    expect(reply).toMatchObject({ code: 'forbidden' });
    expect(world.messages.partitions()).toEqual([]);
    expect(world.connections.partitions().filter((pk) => /RATE.*(\*|bob)/.test(pk))).toEqual([]);
  });

  it('a stranger’s publications leave a room’s limit to its members', async () => {
    await world.send(alice, { action: 'join', room: 'lobby' });
    const before = writesOf('lobby');

    for (let n = 0; n < 3; n += 1)
      await world.send(mallory, { action: 'publish', room: 'lobby', data: n, key: `k${n}` });

    expect(writesOf('lobby')).toEqual(before);
  });

  it('a connection that is forgotten while it joins leaves no member behind', async () => {
    world = new DistantWorld((operation, pk) =>
      operation === 'update ROOM' && pk.endsWith('den') ? 2_000 : 10,
    );
    await world.connect(alice);
    world.disconnectAfter(500, alice);

    const { reply } = await world.send(alice, { action: 'join', room: 'den' });

    expect(reply).toMatchObject({ code: 'session_unknown' });
    expect(world.connections.all('ROOM#den')).toEqual([]);
  });

  it('a refused join is neither announced nor answered, and makes no head', async () => {
    const watcher = world.identity('watcher');
    await world.connect(watcher);
    await world.send(watcher, { action: 'join', room: 'den' });
    world.scheduler.jump(5_000);
    // Its list of rooms becomes full between the admission of the frame and the write of the membership.
    world.beforeEach('update ROOM', () => {
      const row = world.connections.get({ pk: 'CONNECTION#alice=', sk: 'CONNECTION' });
      if (row)
        world.connections.put({ ...row, rooms: new Set(Array.from({ length: 50 }, (_, n) => `room-${n}`)) });
    });

    for (const room of ['den', 'vault'])
      expect((await world.send(alice, { action: 'join', room })).reply).toMatchObject({ code: 'room_limit' });

    expect(world.pushed(watcher, 'presence')).toEqual([]);
    expect(writesOf('vault').filter((pk) => !pk.startsWith('ROOM'))).toEqual([]);
    expect(world.connections.all('ROOM#den').map(({ sk }) => sk)).toEqual(['watcher=']);
  });
});
