import { expect, it } from '@jest/globals';
import { inUnlikeWorlds, onEveryStore } from '../support/every-world.js';

/** Names of properties of every object and promise, and of a room's own row. */
const ROOMS = ['constructor', 'toString', 'hasOwnProperty', 'then', 'META', 'r'.repeat(64)];
const USERS = [
  '__proto__',
  'constructor',
  'then',
  '-',
  '..',
  "a$&b%00'",
  '<b>&amp;</b>',
  'https://issuer.example/users/42?a=b&c=[d]+{e}',
  '~'.repeat(256),
];

inUnlikeWorlds('A room', (world) => {
  it('may have any name that fits the grammar', async () => {
    const [alice, bob] = [await world().connect('alice'), await world().connect('bob')];

    for (const room of ROOMS) {
      await alice.do('join', { room });
      const { epoch, offset } = await bob.do('join', { room });
      await alice.until(() => alice.frames.find((frame) => frame.type === 'presence' && frame.room === room));
      await alice.do('publish', { room, data: room, key: 'once' });
      expect(await alice.do('publish', { room, data: room, key: 'once' })).toMatchObject({ repeated: true });
      await bob.hears(room, room);
      expect((await alice.do('presence', { room })).members).toEqual(
        expect.arrayContaining(['alice', 'bob']),
      );
      expect(await bob.do('history', { room })).toMatchObject({ items: [{ data: room }] });
      await bob.do('leave', { room });
      expect(await bob.ask('publish', { room, data: 1 })).toMatchObject({ code: 'not_a_member' });
      expect(await bob.do('join', { room, since: { epoch, offset } })).toMatchObject({
        items: [{ data: room }],
      });
    }
    const resume = ROOMS.map((room) => ({ room, epoch: 'x', offset: 0 }));

    const { heads } = await bob.do('ping', { rooms: ROOMS });
    const { rooms } = await bob.do('hello', { resume });

    expect(
      Object.entries(heads as object)
        .map(([room, head]) => [room, head.offset])
        .sort(),
    ).toEqual(ROOMS.map((room) => [room, 1]).sort());
    const answers = rooms as { room: string; reason?: string }[];
    expect(answers.slice(2).map(({ room, reason }) => [room, reason])).toEqual(
      ROOMS.map((room) => [room, 'epoch_changed']),
    );
  });
});

inUnlikeWorlds('A user', (world) => {
  it('may have any name that fits the grammar', async () => {
    const alice = await world().connect('alice');
    await alice.do('join', { room: 'lobby' });

    for (const userId of USERS) {
      const room = `@${userId}`;
      await alice.do('send', { to: userId, data: 'while you were away' });
      const user = await world().connect(userId);
      expect(await user.do('hello')).toMatchObject({ userId, rooms: [{ room: '*' }, { room, offset: 1 }] });
      expect(await user.do('history', { room })).toMatchObject({ items: [{ from: 'alice' }] });
      await alice.do('send', { to: userId, data: 'now' });
      await user.hears(room, 'now');
      await user.do('join', { room: 'lobby' });
      await alice.until(() => alice.frames.find(({ joined }) => [joined].flat().includes(userId)));
      await user.do('publish', { room: 'lobby', data: userId, key: 'once' });
      expect(await alice.hears('lobby', userId)).toMatchObject({ from: userId });
      expect(Object.entries((await user.do('ping', { rooms: [room] })).heads as object)).toMatchObject([
        [room, { offset: 2 }],
      ]);
      await user.close();
      await alice.until(() => alice.frames.find(({ left }) => [left].flat().includes(userId)));
    }
    const { members } = await alice.do('presence', { room: 'lobby' });
    expect(members).toEqual(['alice']);
  });
});

onEveryStore('Users that one could take for one another', (world) => {
  it('are told apart', async () => {
    const users = ['a', 'A', '%61', 'a%20', 'a/', 'a|', '_a', '__proto__'];
    const clients = await Promise.all(users.map((userId) => world().connect(userId)));

    for (const userId of users) await clients[0]?.do('send', { to: userId, data: userId });

    for (const [index, userId] of users.entries()) {
      await clients[index]?.hears(`@${userId}`, userId);
      const all = clients[index]?.frames.filter(({ type }) => type === 'message' || type === 'messages');
      expect(all?.map(({ room }) => room)).toEqual([`@${userId}`]);
    }
  });
});
