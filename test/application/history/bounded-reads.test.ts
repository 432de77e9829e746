import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Page, Resumed } from '../../../protocol/actions.js';
import type { RoomCursor } from '../../../protocol/cursor.js';
import { FRAME_BYTES } from '../../../protocol/limits.js';
import type { Caller } from '../../../src/domain/access/caller.js';
import { JsonText } from '../../../src/domain/json/json-text.js';
import { writeJson } from '../../../src/domain/json/write-json.js';
import { Rows } from '../../robustness/torture/simulation/aws/rows.js';
import { AT_ONCE, SimulatedTable } from '../../robustness/torture/simulation/aws/simulated-table.js';
import { MeteredTable } from '../../support/tables/metered-table.js';
import { CountedWorld } from '../../support/worlds/counted-world.js';

const SMALL = 100;
const LARGE = 16_382;

const bytesOf = (value: unknown): number => Buffer.byteLength(writeJson(value));

describe('a frame that reads history', () => {
  let messages: MeteredTable;
  let world: CountedWorld;
  let alice: Caller;
  let bob: Caller;

  const publish = async (room: string, sizes: readonly number[]): Promise<void> => {
    for (const size of sizes)
      await world.app.publishToRoom.execute(bob, {
        action: 'publish',
        room,
        data: JsonText.of('x'.repeat(size)),
      });
  };
  /** Bob's room, and a cursor before its first publication. */
  const room = async (name: string, sizes: readonly number[]): Promise<RoomCursor> => {
    const { epoch } = await world.app.joinRoom.execute(bob, { action: 'join', room: name });
    await publish(name, sizes);
    return { room: name, epoch, offset: 0 };
  };
  const measured = async <Reply extends object>(
    rooms: number,
    read: () => Promise<Reply>,
  ): Promise<Reply> => {
    messages.reset();
    const reply = await read();
    const returned = bytesOf(reply);
    expect(returned).toBeLessThan(FRAME_BYTES);
    expect(messages.bytesRead).toBeLessThanOrEqual(2 * returned + 300_000 + 48_000 * rooms);
    expect(messages.asked.every((limit) => limit !== undefined && limit <= 16)).toBe(true);
    return reply;
  };
  const history = (fields: object): Promise<Page> =>
    measured(1, () => world.app.readHistory.execute(bob, { action: 'history', room: 'lobby', ...fields }));
  const hello = async (resume: readonly RoomCursor[]): Promise<readonly Resumed[]> =>
    (await measured(resume.length + 2, () => world.app.hello.execute(alice, { action: 'hello', resume })))
      .rooms;

  beforeEach(async () => {
    messages = new MeteredTable();
    world = new CountedWorld(new SimulatedTable(new Rows(), AT_ONCE), messages);
    alice = await world.connect('alice');
    bob = await world.connect('bob');
  });

  it.each([
    ['small', Array<number>(120).fill(SMALL), 100],
    ['large', Array<number>(120).fill(LARGE), 1],
    ['small before large', [...Array<number>(20).fill(SMALL), ...Array<number>(100).fill(LARGE)], 21],
    ['large before small', [...Array<number>(60).fill(LARGE), ...Array<number>(60).fill(SMALL)], 1],
  ])('is bounded for rows that are %s, upwards', async (_, sizes, items) => {
    const since = await room('lobby', sizes);

    const page = await history({ since, limit: 100 });

    expect(page.items.map(({ offset }) => offset)).toEqual(Array.from({ length: items }, (_, n) => n + 1));
    expect(page).toMatchObject({ more: true, recovered: true });
  });

  it.each([
    ['small', Array<number>(120).fill(SMALL), 100],
    ['large', Array<number>(120).fill(LARGE), 1],
    ['small before large', [...Array<number>(100).fill(LARGE), ...Array<number>(20).fill(SMALL)], 21],
  ])('is bounded for rows that are %s, downwards', async (_, sizes, items) => {
    await room('lobby', sizes);

    const page = await history({ limit: 100 });

    expect(page.items.map(({ offset }) => offset)).toEqual(
      Array.from({ length: items }, (_, n) => 121 - items + n),
    );
    expect(page).toMatchObject({ more: true, recovered: true });
  });

  it('asks for 3 rows, then for as many as would fit if all were like them', async () => {
    const since = await room('lobby', Array(40).fill(5_000));
    await history({ since, limit: 100 });
    expect(messages.asked).toEqual([2, 3, 3, 1]);

    await history({ since: { ...since, offset: 38 } });
    expect(messages.asked).toEqual([2, 2]);

    await publish('lobby', Array(60).fill(SMALL));
    await history({ since: { ...since, offset: 40 }, limit: 60 });
    expect(messages.asked).toEqual([2, 3, 16, 16, 16, 9]);
  });

  it('says that there is more only if a further row exists', async () => {
    await room('lobby', Array(5).fill(SMALL));

    expect(await history({ limit: 5 })).toMatchObject({ more: false });
    expect(await history({ limit: 4 })).toMatchObject({ more: true });
  });

  it.each([
    ['small', SMALL],
    ['large', LARGE],
  ])('is bounded for a hello of 52 rooms whose rows are %s', async (_, size) => {
    const cursors: RoomCursor[] = [];
    for (let n = 0; n < 50; n += 1) cursors.push(await room(`room-${n}`, Array(6).fill(size)));

    const rooms = await hello(cursors);

    const pages = rooms.slice(2) as Page[];
    expect(pages.every(({ recovered }) => recovered)).toBe(true);
    expect(pages.map(({ items, more }) => more === items.length < 6)).not.toContain(false);
    expect(pages[0]?.items.length).toBe(size === SMALL ? 6 : 1);
    expect(pages.at(-1)).toMatchObject({ items: [], more: true });
  });

  it('says too_old at once of each room of a hello, even when the frame is full', async () => {
    const full = await room('full', Array(6).fill(LARGE));
    const old = await room('old', Array(3).fill(SMALL));
    const later = await room('later', Array(3).fill(SMALL));
    await messages.delete({ pk: 'LOG#old', sk: `${old.epoch}#0000000000000001` });
    await messages.delete({ pk: 'LOG#later', sk: `${later.epoch}#0000000000000003` });

    const rooms = await hello([full, old, later]);

    expect(rooms.slice(2)).toMatchObject([
      { room: 'full', items: [{ offset: 1 }], more: true },
      { room: 'old', items: [], recovered: false, reason: 'too_old' },
      { room: 'later', items: [], recovered: true, more: true },
    ]);
  });

  it('never shows a page with a hole, whichever row expired first', async () => {
    const { epoch } = await room('lobby', Array(30).fill(SMALL));
    await messages.delete({ pk: 'LOG#lobby', sk: `${epoch}#0000000000000012` });
    const offsets = async (fields: object) => {
      const { items, more } = await history(fields);
      return { offsets: items.map(({ offset }) => offset), more };
    };
    const upTo = (first: number, last: number) =>
      Array.from({ length: last - first + 1 }, (_, n) => first + n);

    expect(await offsets({ limit: 100 })).toEqual({ offsets: upTo(13, 30), more: false });
    expect(await offsets({ before: { epoch, offset: 16 } })).toEqual({ offsets: upTo(13, 15), more: false });
    expect(await offsets({ before: { epoch, offset: 13 } })).toEqual({ offsets: [], more: false });
    expect(await offsets({ before: { epoch, offset: 12 }, limit: 4 })).toEqual({
      offsets: upTo(8, 11),
      more: true,
    });
    expect(await history({ since: { epoch, offset: 5 } })).toMatchObject({
      recovered: false,
      reason: 'too_old',
    });
    expect(await offsets({ since: { epoch, offset: 12 } })).toEqual({ offsets: upTo(13, 30), more: false });
  });
});
