import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Caller } from '../../../src/domain/access/caller.js';
import { RETENTION_MS } from '../../../src/domain/publications/publication.js';
import { asSent, InMemoryWorld } from '../../support/worlds/in-memory-world.js';

const HALF = RETENTION_MS / 2;

describe('beginning with the newest', () => {
  let world: InMemoryWorld;
  let alice: Caller;
  let bob: Caller;
  const publish = async (count: number, data: unknown = 'x') => {
    for (let n = 0; n < count; n += 1) await world.publish(alice, 'lobby', data);
  };
  const join = async (last: number, caller = bob) =>
    asSent(await world.app.joinRoom.execute(caller, { action: 'join', room: 'lobby', last }));
  const offsets = ({ items }: { items: readonly { offset: number }[] }) => items.map(({ offset }) => offset);

  beforeEach(async () => {
    world = new InMemoryWorld();
    alice = await world.connect('alice');
    bob = await world.connect('bob');
    await world.join('lobby', alice);
  });

  it('gives this many, oldest first, and the place before them', async () => {
    await publish(5);

    const page = await join(3);

    expect(offsets(page)).toEqual([3, 4, 5]);
    expect(page).toMatchObject({ offset: 5, more: false, recovered: true, members: ['alice', 'bob'] });
    expect(page.start).toEqual({ epoch: page.epoch, offset: 2 });
  });

  it('gives all publications of a room with fewer, and none of an empty room', async () => {
    expect(await join(50)).toMatchObject({ items: [], more: false, recovered: true, start: { offset: 0 } });
    await publish(2);

    const page = await join(50);

    expect(offsets(page)).toEqual([1, 2]);
    expect(page.start).toEqual({ epoch: page.epoch, offset: 0 });
  });

  it('begins at the oldest that is still kept', async () => {
    await publish(3);
    world.clock.advance(HALF);
    alice = await world.connect('alice');
    await world.join('lobby', alice);
    await publish(2);
    world.clock.advance(HALF + 1_000);
    const caller = await world.connect('carol');

    const page = await join(50, caller);

    expect(page).toMatchObject({ recovered: true, more: false, start: { offset: 3 } });
    expect(offsets(page)).toEqual([4, 5]);
  });

  it('is continued with history if a frame cannot hold it', async () => {
    await publish(4, 'x'.repeat(12_000));

    const page = await join(4);
    const { epoch } = page;
    const since = { epoch, offset: page.items.at(-1)?.offset ?? 0 };
    const rest = await world.history(bob, 'lobby', { since });

    expect(page).toMatchObject({ more: true, recovered: true, start: { offset: 0 } });
    expect([...offsets(page), ...offsets(rest)]).toEqual([1, 2, 3, 4]);
  });

  it('is followed by pushes, without a gap or duplicates', async () => {
    await publish(2);
    const page = await join(1);
    await publish(1);

    expect(offsets(page)).toEqual([2]);
    expect(world.received(bob, 'message')).toMatchObject([{ offset: 3 }]);
  });

  it('works for each room of a hello', async () => {
    await publish(3);
    await world.send(alice, 'bob', 'psst');

    const { rooms } = asSent(
      await world.app.hello.execute(bob, {
        action: 'hello',
        resume: [
          { room: 'lobby', last: 2 },
          { room: '@bob', last: 50 },
        ],
      }),
    );

    expect(rooms).toMatchObject([
      { room: '*', items: [] },
      { room: '@bob', items: [{ data: 'psst' }], start: { offset: 0 } },
      { room: 'lobby', items: [{ offset: 2 }, { offset: 3 }], start: { offset: 1 }, recovered: true },
    ]);
  });

  it('is history, and needs the permission for it', async () => {
    await publish(1);
    const without = { ...bob, granted: { ...bob.granted, history: [] } };

    await expect(join(1, without)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await world.presence(alice, 'lobby')).toMatchObject({ members: ['alice'] });
    const { rooms } = await world.app.hello.execute(without, {
      action: 'hello',
      resume: [{ room: 'lobby', last: 1 }],
    });
    expect(rooms).toMatchObject([{}, {}, { room: 'lobby', error: { code: 'forbidden' } }]);
  });
});
