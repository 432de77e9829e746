import { beforeEach, describe, expect, it } from '@jest/globals';
import type { PublicationLog } from '../../../src/application/ports/publication-log.js';
import { IDEMPOTENCY_MS } from '../../../src/domain/publications/publication.js';
import { SkewedClock } from '../../support/time/skewed-clock.js';
import { append, contents, dataOf, LONG_AFTER_MS, type Logs, offsetsTo } from './publication-logs.js';

const MINUTE_MS = 60_000;
const wrong = [
  ['ahead', LONG_AFTER_MS],
  ['behind', -LONG_AFTER_MS],
] as const;

/** For a store with a clock of its own, `world.clock`. */
export const publicationLogClocksContract = (adapter: string, create: () => Logs | Promise<Logs>) =>
  describe(`PublicationLog, clocks: ${adapter}`, () => {
    let world: Logs;
    let log: PublicationLog;
    const at = (aheadMs: number) => world.open(new SkewedClock(world.clock, aheadMs));

    beforeEach(async () => {
      world = await create();
      log = world.open();
    });

    it.each(wrong)('reads the same head and publications with a clock 8 days %s', async (_, aheadMs) => {
      for (const n of offsetsTo(3)) await append(log, n);
      const [head, found] = [await log.head('lobby'), await contents(log)];

      expect(await at(aheadMs).head('lobby')).toEqual(head);
      expect(await contents(at(aheadMs))).toEqual(found);
      expect(await log.head('lobby')).toEqual(head);
    });

    it.each(wrong)('appends at the store’s time with a clock 8 days %s', async (_, aheadMs) => {
      const { publication } = await append(log, 'one');
      world.clock.advance(MINUTE_MS);

      const second = await append(at(aheadMs), 'two');

      const { epoch } = publication;
      expect(second.publication).toMatchObject({ epoch, offset: 2, at: world.clock.now() });
      expect((await append(log, 'three')).publication).toMatchObject({ epoch, offset: 3 });
    });

    it.each(wrong)(
      'keeps the epoch of an empty room that a clock 8 days %s begins or reads',
      async (_, aheadMs) => {
        const head = await at(aheadMs).head('lobby');
        world.clock.advance(MINUTE_MS);

        expect(await log.head('lobby')).toEqual(head);
        expect(await at(-aheadMs).head('lobby')).toEqual(head);
        expect((await append(log, 'one')).publication).toMatchObject({ epoch: head.epoch, offset: 1 });
      },
    );

    it('cuts off nothing when a clock steps 8 days ahead and back', async () => {
      const clock = new SkewedClock(world.clock, 0);
      const stepping = world.open(clock);
      for (const [n, aheadMs] of [0, LONG_AFTER_MS, 0, -LONG_AFTER_MS, 0].entries()) {
        clock.aheadMs = aheadMs;
        expect((await append(stepping, n)).publication.offset).toBe(n + 1);
        expect(await stepping.head('lobby')).toMatchObject({ offset: n + 1 });
      }

      expect((await contents(stepping)).map(dataOf)).toEqual([0, 1, 2, 3, 4]);
    });

    it('numbers the appends of processes 16 days apart as those of one', async () => {
      const processes = wrong.map(([, aheadMs]) => at(aheadMs));

      await Promise.all(Array.from({ length: 20 }, (_, n) => append(processes[n % 2] as PublicationLog, n)));

      expect((await contents(log)).map(({ offset }) => offset)).toEqual(offsetsTo(20));
    });

    it('ends an epoch by the store’s time, even if a clock is behind', async () => {
      const { publication } = await append(log, 'old');
      world.clock.advance(LONG_AFTER_MS);

      const anew = await append(at(-LONG_AFTER_MS), 'anew');

      expect(anew.publication.offset).toBe(1);
      expect(anew.publication.epoch > publication.epoch).toBe(true);
    });

    it('hides rows that have expired by the store’s time, even if a clock is behind', async () => {
      for (const n of offsetsTo(3)) await append(log, n);
      world.clock.advance(LONG_AFTER_MS);

      expect(await log.head('lobby')).toMatchObject({ offset: 3 });
      expect(await contents(at(-LONG_AFTER_MS))).toEqual([]);
    });

    it('remembers a key for 24 hours of the store’s time', async () => {
      const first = await append(log, 'one', 'key');
      const ahead = at(2 * IDEMPOTENCY_MS);
      expect(await append(ahead, 'one', 'key')).toEqual({ ...first, repeated: true });

      world.clock.advance(IDEMPOTENCY_MS + 1);
      expect(await append(at(-2 * IDEMPOTENCY_MS), 'one', 'key')).toMatchObject({ repeated: false });
    });

    it('believes a clock that is less than 5 minutes off', async () => {
      for (const aheadMs of [4 * MINUTE_MS, -4 * MINUTE_MS])
        expect((await append(at(aheadMs), 'one')).publication.at).toBe(world.clock.now() + aheadMs);
    });
  });
