import { expect, it } from '@jest/globals';
import { inEveryWorld } from '../support/every-world.js';

inEveryWorld('Rooms', (world) => {
  it('a publication in a room reaches only its members, including the publisher', async () => {
    const [alice, bob, carol] = [
      await world().connect('alice'),
      await world().connect('bob'),
      await world().connect('carol'),
    ];
    await alice.do('join', { room: 'lobby' });
    const joined = await bob.do('join', { room: 'lobby' });

    const ack = await alice.do('publish', { room: 'lobby', data: { hi: true } });

    expect(joined).toMatchObject({ room: 'lobby', offset: 0, items: [], more: false, recovered: true });
    expect([...(joined.members as string[])].sort()).toEqual(['alice', 'bob']);
    for (const member of [alice, bob])
      expect(await member.hears('lobby', { hi: true })).toMatchObject({ from: 'alice', offset: ack.offset });
    await world().settle();
    expect(carol.received('lobby')).toEqual([]);
  });

  it('a client outside a room can neither publish to it nor read it, whether it exists or not', async () => {
    const [alice, carol] = [await world().connect('alice'), await world().connect('carol')];
    await alice.do('join', { room: 'lobby' });
    await alice.do('publish', { room: 'lobby', data: 'secret' });

    for (const room of ['lobby', 'nowhere'])
      for (const [action, fields] of [
        ['publish', { room, data: 1 }],
        ['history', { room }],
        ['presence', { room }],
        ['ping', { rooms: ['*', room] }],
      ] as const) {
        const reply = await carol.ask(action, fields);
        expect(reply).toMatchObject({
          type: 'error',
          code: 'not_a_member',
          message: 'You are not in this room.',
        });
      }
    expect((await alice.do('history', { room: 'lobby' })).items).toHaveLength(1);
  });

  it('a client that has left receives nothing more, and may leave again', async () => {
    const [alice, bob] = [await world().connect('alice'), await world().connect('bob')];
    for (const client of [alice, bob]) await client.do('join', { room: 'lobby' });

    expect(await bob.do('leave', { room: 'lobby' })).toMatchObject({ room: 'lobby' });
    await bob.do('leave', { room: 'lobby' });
    await alice.do('publish', { room: 'lobby', data: 'gone?' });

    await alice.hears('lobby', 'gone?');
    await world().settle();
    expect(bob.received('lobby')).toEqual([]);
    expect(await bob.ask('publish', { room: 'lobby', data: 1 })).toMatchObject({ code: 'not_a_member' });
  });

  it('a member on one device is not one on the other', async () => {
    const [phone, laptop] = [await world().connect('bob'), await world().connect('bob')];
    await phone.do('join', { room: 'lobby' });

    expect(await laptop.ask('history', { room: 'lobby' })).toMatchObject({ code: 'not_a_member' });
  });

  it('a repeated key is one publication, pushed again, until it comes with other data', async () => {
    const [alice, bob] = [await world().connect('alice'), await world().connect('bob')];
    for (const client of [alice, bob]) await client.do('join', { room: 'lobby' });

    const first = await alice.do('publish', { room: 'lobby', data: [1], key: 'k' });
    const again = await alice.do('publish', { room: 'lobby', data: [1], key: 'k' });
    const other = await alice.ask('publish', { room: 'lobby', data: [2], key: 'k' });
    const ofBob = await bob.do('publish', { room: 'lobby', data: [3], key: 'k' });

    expect(first).not.toHaveProperty('repeated');
    expect(again).toMatchObject({ offset: first.offset, epoch: first.epoch, repeated: true });
    expect(other).toMatchObject({ code: 'idempotency_conflict', retryable: false });
    expect(ofBob).toMatchObject({ offset: 2 });
    await bob.until(() => bob.received('lobby').filter(({ offset }) => offset === 1).length >= 2);
    expect((await bob.do('history', { room: 'lobby' })).items).toMatchObject([{ data: [1] }, { data: [3] }]);
  });

  it('a key is recognised across reconnects, and is another key in another room', async () => {
    const alice = await world().connect('alice');
    const first = await alice.do('broadcast', { data: 1, key: 'once' });
    await alice.close();

    const back = await world().connect('alice');

    expect(await back.do('broadcast', { data: 1, key: 'once' })).toMatchObject({
      offset: first.offset,
      repeated: true,
    });
    const elsewhere = await back.do('send', { to: 'bob', data: 2, key: 'once' });
    expect(elsewhere).not.toHaveProperty('repeated');
  });
});
