import { beforeEach, describe, expect, it } from '@jest/globals';
import type { PublicationLog } from '../../../src/application/ports/publication-log.js';
import { append, contents, dataOf, LONG_AFTER_MS, type Logs } from './publication-logs.js';

/** For a store that has no clock of its own, so that nothing confirms the clock of its processes. */
export const publicationLogOneClockContract = (adapter: string, create: () => Logs | Promise<Logs>) =>
  describe(`PublicationLog, one clock: ${adapter}`, () => {
    let world: Logs;
    let log: PublicationLog;

    beforeEach(async () => {
      world = await create();
      log = world.open();
    });

    it.each([
      ['ahead', LONG_AFTER_MS],
      ['behind', -LONG_AFTER_MS],
    ])('cuts off nothing when the clock is 8 days %s for a moment', async (_, aheadMs) => {
      const { publication } = await append(log, 'one');
      world.clock.advance(aheadMs);
      expect(await log.head('lobby')).toEqual({ epoch: publication.epoch, offset: 1 });
      await append(log, 'two');
      world.clock.advance(600_000);
      await append(log, 'three');
      world.clock.advance(-aheadMs);
      await append(log, 'four');

      expect((await contents(log)).map(dataOf)).toEqual(
        aheadMs > 0 ? ['one', 'two', 'three', 'four'] : ['one', 'four'],
      );
      expect(await log.head('lobby')).toEqual({ epoch: publication.epoch, offset: 4 });
    });

    it('ends an epoch if an append at least an hour earlier also found that it had to end', async () => {
      const { publication } = await append(log, 'old');
      world.clock.advance(LONG_AFTER_MS);
      expect((await append(log, 'found')).publication).toMatchObject({ epoch: publication.epoch, offset: 2 });
      world.clock.advance(LONG_AFTER_MS);

      const anew = await append(log, 'anew');

      expect(anew.publication.offset).toBe(1);
      expect(anew.publication.epoch > publication.epoch).toBe(true);
      expect((await contents(log)).map(dataOf)).toEqual(['anew']);
    });

    it('forgets an end that a later append does not confirm', async () => {
      await append(log, 'old');
      world.clock.advance(LONG_AFTER_MS);
      await append(log, 'found');
      world.clock.advance(3_600_000);
      await append(log, 'alive');
      world.clock.advance(LONG_AFTER_MS);

      expect((await append(log, 'found again')).publication.offset).toBe(4);
    });
  });
