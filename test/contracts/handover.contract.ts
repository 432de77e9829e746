import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Handover } from '../../src/application/ports/handover.js';
import type { PublicationLog } from '../../src/application/ports/publication-log.js';
import { append, contents } from './publication-log/publication-logs.js';

export interface HandingOver {
  log: PublicationLog;
  handover: Handover;
  /** The offsets that were handed over so far, in order. */
  handedOver(): number[];
}

/** `create` makes an empty world. */
export const handoverContract = (adapter: string, create: () => HandingOver | Promise<HandingOver>) =>
  describe(`Handover: ${adapter}`, () => {
    let world: HandingOver;
    let log: PublicationLog;

    beforeEach(async () => {
      world = await create();
      ({ log } = world);
    });

    it('hands a publication over for each call, without changing it', async () => {
      const { publication } = await append(log, 'one');
      const before = await contents(log);

      await world.handover.handOver(publication);
      await world.handover.handOver(publication);

      expect(await contents(log)).toEqual(before);
      expect(world.handedOver()).toEqual([1, 1]);
    });

    it('hands over with an append if it should and the store does both, and not otherwise', async () => {
      await append(log, 'one');
      await append(log, 'two', undefined, 'lobby', { handOver: true });

      expect(world.handedOver()).toEqual(world.handover.byAppend ? [2] : []);
    });

    it('hands over a vanished publication without creating it again', async () => {
      const { publication } = await append(log, 'one');

      await world.handover.handOver({ ...publication, offset: 7 });

      expect((await contents(log)).map(({ offset }) => offset)).toEqual([1]);
      expect(await log.head('lobby')).toMatchObject({ offset: 1 });
    });
  });
