import { expect, it } from '@jest/globals';
import type { Client } from '../support/client.js';
import { inEveryWorld } from '../support/every-world.js';

const notices = (client: Client, room = 'lobby') =>
  client.frames
    .filter(({ type, room: where }) => type === 'presence' && where === room)
    .map(({ joined, left }) => ({ joined, left }));

const JOINED = { joined: ['bob'], left: [] };
const LEFT = { joined: [], left: ['bob'] };

inEveryWorld('Presence', (world) => {
  it('tells when a user’s first device comes and the last one goes, and not in between', async () => {
    const alice = await world().connect('alice');
    await alice.do('join', { room: 'lobby' });
    const [phone, laptop] = [await world().connect('bob'), await world().connect('bob')];

    await phone.do('join', { room: 'lobby' });
    await laptop.do('join', { room: 'lobby' });
    await laptop.do('join', { room: 'lobby' });
    expect((await alice.do('presence', { room: 'lobby' })).members).toEqual(expect.arrayContaining(['bob']));
    await phone.do('leave', { room: 'lobby' });
    expect([...((await alice.do('presence', { room: 'lobby' })).members as string[])].sort()).toEqual([
      'alice',
      'bob',
    ]);
    await laptop.do('leave', { room: 'lobby' });

    await world().settle();
    expect(notices(alice)).toEqual([JOINED, LEFT]);
    expect((await alice.do('presence', { room: 'lobby' })).members).toEqual(['alice']);
  });

  it('tells of a device that closes its socket, and of one that vanishes', async () => {
    const alice = await world().connect('alice');
    await alice.do('join', { room: 'lobby' });

    for (const end of ['close', 'vanish'] as const) {
      const bob = await world().connect('bob');
      await bob.do('join', { room: 'lobby' });
      const before = notices(alice).length;
      await bob[end]();
      await alice.until(() => notices(alice).length > before);
    }

    expect(notices(alice)).toEqual([JOINED, LEFT, JOINED, LEFT]);
    expect((await alice.do('presence', { room: 'lobby' })).members).toEqual(['alice']);
  });

  it('tells nothing about other rooms, `*` or inboxes', async () => {
    const [alice, bob] = [await world().connect('alice'), await world().connect('bob')];
    await alice.do('join', { room: 'lobby' });
    await bob.do('join', { room: 'elsewhere' });

    await bob.close();
    await world().connect('bob');

    await world().settle();
    expect(alice.frames.filter(({ type }) => type === 'presence')).toEqual([]);
  });

  it('a user who comes back on another device before the first is gone never left', async () => {
    const alice = await world().connect('alice');
    await alice.do('join', { room: 'lobby' });
    const old = await world().connect('bob');
    await old.do('join', { room: 'lobby' });

    const successor = await world().connect('bob');
    await successor.do('join', { room: 'lobby' });
    await old.vanish();
    await world().until(() => world().gateway.connections === 2);
    await world().settle();
    await alice.do('publish', { room: 'lobby', data: 'still there?' });

    await successor.hears('lobby', 'still there?');
    expect(notices(alice)).toEqual([JOINED]);
  });

  it('lists each member once, and the open connections’ users in `*`', async () => {
    const alice = await world().connect('alice');
    for (const name of ['bob', 'bob', 'carol'])
      await (await world().connect(name)).do('join', { room: 'lobby' });
    await alice.do('join', { room: 'lobby' });

    const { members, truncated } = await alice.do('presence', { room: 'lobby' });

    expect([...(members as string[])].sort()).toEqual(['alice', 'bob', 'carol']);
    expect(truncated).toBeUndefined();
    expect(((await alice.do('presence', { room: '*' })).members as string[]).sort()).toEqual([
      'alice',
      'bob',
      'carol',
    ]);
    expect((await alice.do('presence', { room: '@alice' })).members).toEqual(['alice']);
  });
});
