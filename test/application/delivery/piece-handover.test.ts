import { beforeEach, describe, expect, it } from '@jest/globals';
import { SystemRandom } from '../../../src/adapters/system/system-random.js';
import { PieceHandover } from '../../../src/application/delivery/piece-handover.js';
import { PieceWorld } from '../../support/worlds/piece-world.js';

describe('the hand-over to pieces, for a store without a stream', () => {
  let world: PieceWorld;
  let handover: PieceHandover;

  beforeEach(() => {
    world = new PieceWorld();
    handover = new PieceHandover(world.rooms, world.queue, new SystemRandom(), 10);
  });

  it.each([
    [3, 1],
    [10, 1],
    [45, 5],
  ])('cuts a room of %d members into %d pieces, which reach each of them once', async (count, expected) => {
    const members = await world.join(count);
    const publication = await world.publish('one');

    await handover.handOver(publication);

    const pieces = world.queue.take();
    expect(pieces).toHaveLength(expected);
    await world.serve(pieces);
    for (const id of members) expect(world.offsetsOf(id)).toEqual([[1]]);
  });

  it('adds all pieces again each time, with the same sections and another mark', async () => {
    await world.join(45);
    const publication = await world.publish('one');

    await handover.handOver(publication);
    const first = world.queue.take();
    await handover.handOver(publication);
    const second = world.queue.take();

    expect(second.map(({ section }) => section)).toEqual(first.map(({ section }) => section));
    const marks = [first, second].map((pieces) => new Set(pieces.map(({ places }) => places[0]?.mark)));
    expect(marks.map(({ size }) => size)).toEqual([1, 1]);
    expect(marks[0]).not.toEqual(marks[1]);
  });
});
