import { beforeEach, describe, expect, it } from '@jest/globals';
import type { HandedOver, Piece } from '../../../src/domain/publications/piece.js';
import { DyingProcess } from '../../support/tables/dying-process.js';
import { PieceWorld } from '../../support/worlds/piece-world.js';

describe('a room that is too large for one function', () => {
  let world: PieceWorld;
  let members: string[];
  let one: HandedOver;

  beforeEach(async () => {
    world = new PieceWorld();
    members = await world.join(45);
    one = await world.publish('one');
  });

  const deaths = [0, 1, 2].flatMap((calls) => [
    [calls, false],
    [calls, true],
  ]);

  it.each(deaths)(
    'is served completely when the cutter is killed at call %d (done: %p) and tried again',
    async (calls, after) => {
      const life = new DyingProcess(calls as number, after as boolean);
      const [report] = await world.cut([one], world.cutter(life.of(world.rooms), life.of(world.queue)));
      expect(report && 'error' in report).toBe(life.isDead);

      await world.cut([one]);

      const pieces = world.queue.take();
      expect(pieces).toHaveLength(5);
      await world.serve(pieces);
      for (const id of members) expect(world.offsetsOf(id)).toEqual([[1]]);
    },
  );

  it.each([0, 1, 3, 7, 10])(
    'is served completely when a piece is killed at call %d and comes again',
    async (calls) => {
      await world.cut([one]);
      const pieces = world.queue.take();
      const [piece] = pieces as [Piece];
      const life = new DyingProcess(calls, true);
      const dying = world.server(life.of(world.rooms), life.of(world.clients));

      await world.serve([piece], dying);
      await world.serve(pieces);

      for (const id of members) expect(world.offsetsOf(id).flat()).toContain(1);
    },
  );

  it('comes again if members cannot be read, without affecting other sections', async () => {
    await world.cut([one]);
    const [first, second] = world.queue.take() as [Piece, Piece];
    const life = new DyingProcess(0, false);

    const reports = await world.serve([first], world.server(life.of(world.rooms)));
    expect(reports).toMatchObject([{ section: first.section, error: { message: 'killed' } }]);
    expect(await world.serve([second])).toMatchObject([{ complete: true }]);
  });
});
