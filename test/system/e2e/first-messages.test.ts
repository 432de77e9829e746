import { expect, it } from '@jest/globals';
import { inEveryWorld } from './support/every-world.js';

inEveryWorld('The first messages', (world) => {
  it('a broadcast reaches every open connection, the sender’s too, and is acked by a reply', async () => {
    const alice = await world().connect('alice');
    const bob = await world().connect('bob');

    alice.send('{"action":"broadcast","data":"Tervehdys kaikille!"}');

    const heard = await Promise.all([alice, bob].map((client) => client.hears('*', 'Tervehdys kaikille!')));
    expect(heard).toEqual([heard[0], heard[0]]);
    expect(heard[0]).toMatchObject({ room: '*', offset: 1, from: 'alice' });
    const ack = await alice.until(() => alice.replies[0]);
    expect(ack).toEqual({ type: 'ack', room: '*', epoch: heard[0]?.epoch, offset: 1 });
    expect(bob.replies).toEqual([]);
  });

  it('a direct message reaches only the devices of its recipient, not its sender', async () => {
    const alice = await world().connect('alice');
    const carol = await world().connect('carol');
    const devices = [await world().connect('bob'), await world().connect('bob')];

    const ack = await alice.do('send', { to: 'bob', data: 'hi' });

    for (const device of devices)
      expect(await device.hears('@bob', 'hi')).toMatchObject({ from: 'alice', offset: 1, epoch: ack.epoch });
    expect(ack).toMatchObject({ room: '@bob', offset: 1 });
    await world().settle();
    expect([alice.received('@bob'), carol.received('@bob')]).toEqual([[], []]);
  });

  it('a message that users send to themselves comes once', async () => {
    const alice = await world().connect('alice');

    await alice.do('send', { to: 'alice', data: 'note' });

    await alice.hears('@alice', 'note');
    await world().settle();
    expect(alice.received('@alice')).toHaveLength(1);
  });

  it('a message to a user who is offline waits for them, and no other user sees it', async () => {
    const alice = await world().connect('alice');
    const { epoch } = await alice.do('send', { to: 'bob', data: 'later' });

    const bob = await world().connect('bob');
    const byHistory = await bob.do('history', { room: '@bob' });
    const byHello = await bob.do('hello', { resume: [{ room: '@bob', epoch, offset: 0 }] });

    expect(byHistory.items).toMatchObject([{ offset: 1, from: 'alice', data: 'later' }]);
    const inbox = (byHello.rooms as { room: string }[]).find(({ room }) => room === '@bob');
    expect(inbox).toMatchObject({ recovered: true, more: false, items: byHistory.items as object[] });
    for (const reply of [
      await alice.ask('history', { room: '@bob' }),
      await alice.ask('presence', { room: '@bob' }),
      await alice.ask('ping', { rooms: ['@bob'] }),
    ])
      expect(reply).toMatchObject({ type: 'error', code: 'not_a_member', retryable: false });
    const resumed = await alice.do('hello', { resume: [{ room: '@bob', epoch, offset: 0 }] });
    expect((resumed.rooms as object[]).at(-1)).toEqual({
      room: '@bob',
      error: { code: 'not_a_member', message: expect.any(String), retryable: false },
    });
  });

  it('ping and hello are answered as the first frame', async () => {
    const alice = await world().connect('alice');

    expect(await alice.do('ping')).toEqual({ type: 'ack', id: 'q1', heads: {} });
    expect(await alice.do('hello', { protocol: 1 })).toMatchObject({
      connectionId: expect.any(String),
      userId: 'alice',
      limits: { dataBytes: 16_384, frameBytes: 32_768, rooms: 50, historyItems: 100 },
      rooms: [
        { room: '*', offset: 0, items: [], more: false, recovered: true },
        { room: '@alice', offset: 0, items: [], more: false, recovered: true },
      ],
    });
  });

  it('a publication is the same in its push, in history and in a resume', async () => {
    const alice = await world().connect('alice');
    const data = { deep: [1.5, null, { '': '\u0000' }], constructor: 1, big: 1e300 };

    const { epoch } = await alice.do('broadcast', { data });

    const pushed = await alice.hears('*', data);
    const { items } = await alice.do('history', { room: '*' });
    expect([pushed]).toEqual((items as object[]).map((item) => ({ ...pushed, ...item, room: '*', epoch })));
    expect(pushed.data).toEqual(data);
  });
});
