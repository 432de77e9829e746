import { expect, it } from '@jest/globals';
import type { Client } from '../support/client.js';
import { inUnlikeWorlds } from '../support/every-world.js';
import { type ResumedRoom, roomOf } from '../support/resumed.js';

/** A client that was away gets the first page from `hello`, the others from `history`. */
const catchUp = async (client: Client, since: { room: string; epoch: string; offset: number }) => {
  const { room, epoch } = since;
  let page = roomOf(await client.do('hello', { resume: [since] }), room);
  const missed = [...page.items];
  while (page.more) {
    const offset = missed.at(-1)?.offset ?? since.offset;
    page = (await client.do('history', { room, since: { epoch, offset } })) as unknown as ResumedRoom;
    if (!page.recovered) throw new Error(`Not recovered: ${page.reason}`);
    missed.push(...page.items);
  }
  return missed;
};

const upTo = (last: number, first = 1): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

inUnlikeWorlds('A client that comes back', (world) => {
  it('gets exactly the missed publications, in order, over pages, while others keep publishing', async () => {
    const [alice, bob] = [await world().connect('alice'), await world().connect('bob')];
    for (const client of [alice, bob]) await client.do('join', { room: 'lobby' });
    const say = (n: number) => alice.do('publish', { room: 'lobby', data: `${n} ${'x'.repeat(1_500)}` });
    for (const n of upTo(5)) await say(n);
    const last = await bob.until(() => bob.received('lobby').find(({ offset }) => offset === 5));
    await bob.vanish();
    for (const n of upTo(60, 6)) await say(n);

    const back = await world().connect('bob');
    const meanwhile = Promise.all(upTo(80, 61).map(say));
    const missed = await catchUp(back, { room: 'lobby', epoch: last.epoch, offset: last.offset });
    await meanwhile;

    const numbers = missed.map(({ offset }) => offset);
    const surfaced = () => [...new Set([...numbers, ...back.received('lobby').map(({ offset }) => offset)])];
    await back.until(() => surfaced().length >= 75);
    expect(numbers).toEqual(upTo(numbers.length + 5, 6));
    expect(surfaced().sort((a, b) => a - b)).toEqual(upTo(80, 6));
  });

  it('is in its rooms again, and receives their messages', async () => {
    const [alice, bob] = [await world().connect('alice'), await world().connect('bob')];
    await alice.do('join', { room: 'lobby' });
    const { epoch } = await bob.do('join', { room: 'lobby' });
    await bob.vanish();

    const back = await world().connect('bob');
    const hello = await back.do('hello', { resume: [{ room: 'lobby', epoch, offset: 0 }] });
    await alice.do('publish', { room: 'lobby', data: 'welcome back' });

    expect(roomOf(hello, 'lobby')).toMatchObject({ recovered: true, items: [], more: false, offset: 0 });
    await back.hears('lobby', 'welcome back');
    expect((await back.do('presence', { room: 'lobby' })).members).toContain('bob');
  });

  it('learns for each room separately what could not be recovered, and why', async () => {
    const alice = await world().connect('alice');
    const { epoch } = await alice.do('join', { room: 'lobby' });
    await alice.do('publish', { room: 'lobby', data: 1 });

    const hello = await alice.do('hello', {
      resume: [
        { room: 'lobby', epoch, offset: 2 },
        { room: 'other', epoch, offset: 0 },
        { room: '@bob', epoch, offset: 0 },
        { room: '*', epoch: 'old', offset: 7 },
      ],
    });

    expect(roomOf(hello, 'lobby')).toMatchObject({ recovered: false, reason: 'ahead', items: [], offset: 1 });
    expect(roomOf(hello, 'other')).toMatchObject({ recovered: false, reason: 'epoch_changed', items: [] });
    expect(roomOf(hello, '*')).toMatchObject({ recovered: false, reason: 'epoch_changed', items: [] });
    expect(roomOf(hello, '@bob').error).toMatchObject({ code: 'not_a_member' });
    expect(roomOf(hello, '@alice')).toMatchObject({ recovered: true, offset: 0 });
  });

  it('joins a room since a place and misses nothing, while others publish', async () => {
    const [alice, bob] = [await world().connect('alice'), await world().connect('bob')];
    const { epoch } = await alice.do('join', { room: 'lobby' });
    const all = upTo(40);

    const publishing = Promise.all(all.map((n) => alice.do('publish', { room: 'lobby', data: n })));
    await alice.hears('lobby', 1);
    let page = (await bob.do('join', {
      room: 'lobby',
      since: { epoch, offset: 0 },
    })) as unknown as ResumedRoom;
    const read = page.items.map(({ offset }) => offset);
    while (page.more) {
      const offset = read.at(-1) ?? 0;
      page = (await bob.do('history', { room: 'lobby', since: { epoch, offset } })) as unknown as ResumedRoom;
      read.push(...page.items.map((item) => item.offset));
    }
    await publishing;

    await bob.until(
      () => new Set([...read, ...bob.received('lobby').map(({ offset }) => offset)]).size === 40,
    );
    expect(read).toEqual(upTo(read.length));
  });
});
