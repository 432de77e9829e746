import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Cursor } from '../../../protocol/cursor.js';
import { FRAME_BYTES } from '../../../protocol/limits.js';
import type { Caller } from '../../../src/domain/access/caller.js';
import { RETENTION_MS } from '../../../src/domain/publications/publication.js';
import { InMemoryWorld } from '../../support/worlds/in-memory-world.js';

describe('history', () => {
  let world: InMemoryWorld;
  let alice: Caller;
  let head: Cursor;
  const history = (rest: object = {}) => world.history(alice, 'lobby', rest);
  const offsets = async (rest: object = {}) => (await history(rest)).items.map(({ offset }) => offset);
  const at = (offset: number): Cursor => ({ epoch: head.epoch, offset });
  const publish = async (count: number, data: unknown = 'x') => {
    for (let n = 0; n < count; n += 1) await world.publish(alice, 'lobby', data);
    const { epoch, offset } = await history({ limit: 1 });
    head = { epoch, offset };
  };
  const range = (first: number, last: number) =>
    Array.from({ length: last - first + 1 }, (_, n) => first + n);

  beforeEach(async () => {
    world = new InMemoryWorld();
    alice = await world.connect('alice');
    await world.join('lobby', alice);
  });

  it('of a room without publications is empty, with a cursor to come back with', async () => {
    const page = await history();
    expect(page).toEqual({
      room: 'lobby',
      epoch: expect.stringMatching(/^[0-9A-Za-z-]{1,32}$/),
      offset: 0,
      items: [],
      more: false,
      recovered: true,
    });

    await publish(1);
    expect(await offsets({ since: { epoch: page.epoch, offset: 0 } })).toEqual([1]);
  });

  it('gives the newest 50, oldest first, and says whether there are more before', async () => {
    await publish(50);
    expect(await history()).toMatchObject({ more: false, offset: 50 });
    expect(await offsets()).toEqual(range(1, 50));

    await publish(1);
    expect(await history()).toMatchObject({ more: true, offset: 51, recovered: true });
    expect(await offsets()).toEqual(range(2, 51));
  });

  it('gives the publications just before a cursor, back to the first', async () => {
    await publish(7);

    expect(await offsets({ before: at(5), limit: 2 })).toEqual([3, 4]);
    expect(await history({ before: at(3), limit: 2 })).toMatchObject({ more: false });
    expect(await offsets({ before: at(1) })).toEqual([]);
    expect(await offsets({ before: at(0) })).toEqual([]);
    expect(await offsets({ before: at(8) })).toEqual(range(1, 7));
  });

  it('gives the publications after a cursor, in pages', async () => {
    await publish(7);

    expect(await history({ since: at(2), limit: 3 })).toMatchObject({
      more: true,
      recovered: true,
      offset: 7,
    });
    expect(await offsets({ since: at(2), limit: 3 })).toEqual([3, 4, 5]);
    expect(await history({ since: at(5), limit: 3 })).toMatchObject({ more: false });
    expect(await offsets({ since: at(5), limit: 3 })).toEqual([6, 7]);
    expect(await history({ since: at(7) })).toMatchObject({ items: [], more: false, recovered: true });
  });

  it('stays under 32 KiB, forwards and backwards, and comes to an end', async () => {
    await publish(10, 'x'.repeat(9_000));

    const forwards: number[] = [];
    for (let since = at(0), more = true; more; ) {
      const page = await history({ since });
      expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThan(FRAME_BYTES);
      forwards.push(...page.items.map(({ offset }) => offset));
      more = page.more;
      since = at(forwards.at(-1) ?? 0);
    }
    const backwards: number[] = [];
    for (let before = at(11), more = true; more; ) {
      const page = await history({ before });
      expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThan(FRAME_BYTES);
      backwards.unshift(...page.items.map(({ offset }) => offset));
      more = page.more;
      before = at(backwards[0] ?? 0);
    }
    expect(forwards).toEqual(range(1, 10));
    expect(backwards).toEqual(range(1, 10));
  });

  it('always has room for one publication of the largest size', async () => {
    await publish(3, 'x'.repeat(16_382));

    expect(await offsets({ since: at(0) })).toEqual([1]);
    expect(await offsets()).toEqual([3]);
    expect(await history()).toMatchObject({ more: true });
  });

  it.each([
    ['ahead of the newest', () => ({ ...head, offset: 3 }), 'ahead'],
    ['far ahead', () => ({ ...head, offset: Number.MAX_SAFE_INTEGER }), 'ahead'],
    ['of another epoch', () => ({ epoch: '1700000000000-aaaaaa', offset: 1 }), 'epoch_changed'],
    ['of no epoch of ours', () => ({ epoch: 'z', offset: 0 }), 'epoch_changed'],
  ])('is not recovered from a cursor %s', async (_, cursor, reason) => {
    await publish(2);

    expect(await history({ since: cursor() })).toEqual({
      room: 'lobby',
      ...head,
      items: [],
      more: false,
      recovered: false,
      reason,
    });
  });

  it('is not recovered, not even in part, if rows after the cursor have expired', async () => {
    await publish(2);
    world.clock.advance(RETENTION_MS / 2);
    await stayConnected();
    await publish(2);
    world.clock.advance(RETENTION_MS / 2 + 1);
    await stayConnected();

    expect(await history({ since: at(0) })).toMatchObject({ recovered: false, reason: 'too_old', items: [] });
    expect(await history({ since: at(1) })).toMatchObject({ recovered: false, reason: 'too_old', items: [] });
    expect(await offsets({ since: at(2) })).toEqual([3, 4]);
    expect(await offsets()).toEqual([3, 4]);
    expect(await history()).toMatchObject({ more: false, recovered: true });
  });

  it('is not recovered if the room has a new epoch', async () => {
    const { epoch, offset } = await history();
    const old = { epoch, offset };
    world.clock.advance(RETENTION_MS + 1);
    await stayConnected();

    const page = await history({ since: old });
    expect(page).toMatchObject({ offset: 0, recovered: false, reason: 'epoch_changed' });
    await publish(1);
    expect(head).toEqual({ epoch: page.epoch, offset: 1 });
  });

  it('goes back as far as the stage says', async () => {
    for (const [days, readable] of [
      ['1', []],
      ['30', [1]],
    ] as const) {
      world = new InMemoryWorld(100, { RETENTION_DAYS: days });
      await stayConnected();
      await world.publish(alice, 'lobby', 'old');
      world.clock.advance(RETENTION_MS + 1);
      await stayConnected();

      expect((await world.history(alice, 'lobby')).items.map(({ offset }) => offset)).toEqual(readable);
    }
  });

  it('is empty after an erasure, and refuses an older cursor', async () => {
    await publish(3);

    await world.app.eraseLog.execute('lobby');

    const page = await history({ since: at(2) });
    expect(page).toMatchObject({ offset: 0, items: [], recovered: false, reason: 'epoch_changed' });
    expect(await offsets()).toEqual([]);
  });

  /** A new connection in place of one that has expired. */
  async function stayConnected(): Promise<void> {
    alice = await world.connect('alice', `alice-${world.clock.now()}=`);
    await world.join('lobby', alice);
  }
});
