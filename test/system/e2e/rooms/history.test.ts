import { expect, it } from '@jest/globals';
import type { ServerFrame } from '../../../support/server-frame.js';
import type { Client } from '../support/client.js';
import { onEveryStore } from '../support/every-world.js';

const offsets = ({ items }: ServerFrame): number[] =>
  (items as { offset: number }[]).map(({ offset }) => offset);
const upTo = (last: number, first = 1): number[] =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);

const publish = async (client: Client, count: number, data: (index: number) => unknown = (n) => n) => {
  let epoch = '';
  for (let n = 1; n <= count; n += 1)
    epoch = (await client.do('publish', { room: 'log', data: data(n) })).epoch as string;
  return epoch;
};

onEveryStore('History', (world) => {
  it('gives the newest publications, those after a place, and those before one, oldest first', async () => {
    const alice = await world().connect('alice');
    await alice.do('join', { room: 'log' });
    const epoch = await publish(alice, 12);
    const history = (fields: object) => alice.do('history', { room: 'log', ...fields });

    const newest = await history({ limit: 5 });
    expect([offsets(newest), newest.more, newest.offset]).toEqual([upTo(12, 8), true, 12]);
    const before = await history({ before: { epoch, offset: 8 }, limit: 5 });
    expect([offsets(before), before.more]).toEqual([upTo(7, 3), true]);
    const first = await history({ before: { epoch, offset: 3 }, limit: 5 });
    expect([offsets(first), first.more]).toEqual([[1, 2], false]);
    const after = await history({ since: { epoch, offset: 4 }, limit: 5 });
    expect([offsets(after), after.more, after.recovered]).toEqual([upTo(9, 5), true, true]);
    const rest = await history({ since: { epoch, offset: 9 }, limit: 5 });
    expect([offsets(rest), rest.more]).toEqual([upTo(12, 10), false]);
    const whole = await history({});
    expect([offsets(whole), whole.more]).toEqual([upTo(12), false]);
    expect(offsets(await history({ before: { epoch, offset: 1 } }))).toEqual([]);
    expect(offsets(await history({ before: { epoch, offset: 0 } }))).toEqual([]);
    expect(offsets(await history({ since: { epoch, offset: 12 } }))).toEqual([]);
  });

  it('is not recovered from an invalid place, with the reason and without items', async () => {
    const alice = await world().connect('alice');
    await alice.do('join', { room: 'log' });
    const epoch = await publish(alice, 2);
    const nothing = { recovered: false, items: [], more: false, epoch, offset: 2 };

    for (const bound of ['since', 'before']) {
      const ask = (cursor: object) => alice.do('history', { room: 'log', [bound]: cursor });
      expect(await ask({ epoch: 'another', offset: 1 })).toMatchObject({
        ...nothing,
        reason: 'epoch_changed',
      });
      expect(await ask({ epoch, offset: 4 })).toMatchObject({ ...nothing, reason: 'ahead' });
      expect(await ask({ epoch, offset: Number.MAX_SAFE_INTEGER })).toMatchObject({ reason: 'ahead' });
    }
    expect(await alice.do('join', { room: 'log', since: { epoch: 'another', offset: 0 } })).toMatchObject({
      ...nothing,
      reason: 'epoch_changed',
    });
  });

  it('pages stay below 32 KiB, and together they are everything', async () => {
    const alice = await world().connect('alice');
    await alice.do('join', { room: 'log' });
    const sizes = [16_380, 16_380, 9_000, 9_000, 9_000, 9_000, 16_380, 1, 1, 16_380];
    const epoch = await publish(alice, sizes.length, (n) => 'ä'.repeat((sizes[n - 1] ?? 0) / 2));

    const seen: number[] = [];
    for (let more = true; more; ) {
      const page = await alice.do('history', { room: 'log', since: { epoch, offset: seen.length } });
      expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThanOrEqual(32 * 1024);
      expect(offsets(page).length).toBeGreaterThan(0);
      seen.push(...offsets(page));
      more = page.more as boolean;
    }
    const backwards: number[] = [];
    for (let more = true; more; ) {
      const before = backwards[0] === undefined ? {} : { before: { epoch, offset: backwards[0] } };
      const page = await alice.do('history', { room: 'log', ...before });
      backwards.unshift(...offsets(page));
      more = page.more as boolean;
    }

    expect(seen).toEqual(upTo(sizes.length));
    expect(backwards).toEqual(seen);
  });

  it('a room without publications has an epoch, and it stays', async () => {
    const alice = await world().connect('alice');
    const { epoch, offset } = await alice.do('join', { room: 'quiet' });

    expect(offset).toBe(0);
    expect(epoch).toMatch(/^[0-9A-Za-z-]{1,32}$/);
    expect(await alice.do('history', { room: 'quiet', since: { epoch, offset } })).toMatchObject({
      recovered: true,
      epoch,
    });
    expect(await alice.do('publish', { room: 'quiet', data: 1 })).toMatchObject({ epoch, offset: 1 });
    expect(await alice.do('ping', { rooms: ['quiet', '*', 'quiet'] })).toMatchObject({
      heads: { quiet: { epoch, offset: 1 }, '*': { offset: 0 } },
    });
  });
});
