import { beforeEach, describe, expect, it } from '@jest/globals';
import { concurrently } from '../../../src/application/concurrently.js';
import type { PublicationLog } from '../../../src/application/ports/publication-log.js';
import type { Publication } from '../../../src/domain/publications/publication.js';
import {
  append,
  contents,
  dataOf,
  expireNewest,
  type FaultyLogs,
  offsetsTo,
  type ProcessFault,
} from './publication-logs.js';

/** They compete for the next place: with more of them, each only tries again more often. */
const AT_ONCE = 25;

const faults: ProcessFault[] = (['room', 'claim', 'publication'] as const).flatMap((at) =>
  (['dies before', 'dies after', 'answer lost', 'sleeps before'] as const).map((what) => ({ at, what })),
);

/** `create` makes an empty world. */
export const publicationLogCrashesContract = (
  adapter: string,
  create: () => FaultyLogs | Promise<FaultyLogs>,
) =>
  describe(`PublicationLog, crashes: ${adapter}`, () => {
    let world: FaultyLogs;
    let log: PublicationLog;

    beforeEach(async () => {
      world = await create();
      log = world.open();
    });

    /** The first try of a caller that goes away before the outcome. */
    const abandoned = async (fault: ProcessFault, data: unknown, key: string) => {
      const process = world.faulty(fault);
      const settled = append(process.log, data, key).catch(() => undefined);
      await Promise.race([process.struck, settled]);
      return { wake: process.wake, settled };
    };

    it.each(faults)(
      'publishes once when a process $what its $at is written and the client tries again',
      async (fault) => {
        const first = await abandoned(fault, 'one', 'key');
        const { publication } = await append(log, 'one', 'key');
        first.wake();
        if (fault.what === 'sleeps before') await first.settled;

        expect(publication.offset).toBe(1);
        expect(await contents(log)).toEqual([publication]);
        expect(await append(log, 'two')).toMatchObject({ publication: { offset: 2 } });
        expect(await append(log, 'one', 'key')).toEqual({ publication, repeated: true });
      },
    );

    it.each(faults)(
      'publishes once when others append in between: a process $what its $at',
      async (fault) => {
        const first = await abandoned(fault, 'one', 'key');
        await append(log, 'between');
        const { publication } = await append(log, 'one', 'key');
        await append(log, 'after');
        first.wake();
        if (fault.what === 'sleeps before') await first.settled;

        const found = await contents(log);
        expect(found.map(({ offset }) => offset)).toEqual(offsetsTo(3));
        expect(found.filter((it) => dataOf(it) === 'one')).toEqual([publication]);
      },
    );

    it('writes nothing in an epoch that was replaced while the process slept', async () => {
      await append(log, 'old');
      const { wake, settled } = await abandoned({ at: 'publication', what: 'sleeps before' }, 'late', 'key');
      await expireNewest(world, log);
      const { publication } = await append(log, 'anew');
      wake();
      expect([undefined, publication.epoch]).toContain((await settled)?.publication.epoch);

      await append(log, 'late', 'key');
      const found = await contents(log);
      expect(found.map(dataOf)).toEqual(['anew', 'late']);
      expect(found.map(({ epoch }) => epoch)).toEqual([publication.epoch, publication.epoch]);
    });

    it('writes nothing into an erased epoch after the process slept', async () => {
      await append(log, 'old');
      const { wake, settled } = await abandoned({ at: 'publication', what: 'sleeps before' }, 'late', 'key');
      for (const n of offsetsTo(3)) await append(log, n);
      await world.open().erase('lobby');
      wake();
      await settled;
      await append(log, 'late', 'key');

      expect((await contents(log)).map(dataOf)).toEqual(['late']);
    });

    it('does not replace an epoch that was replaced while the process slept', async () => {
      await append(log, 'old');
      await expireNewest(world, log);
      const { wake, settled } = await abandoned({ at: 'epoch', what: 'sleeps before' }, 'late', 'key');
      const { publication } = await append(log, 'anew');
      wake();

      expect(await settled).toMatchObject({ publication: { epoch: publication.epoch, offset: 2 } });
      expect((await contents(log)).map(dataOf)).toEqual(['anew', 'late']);
    });

    it('gives a sleeping process the publication that was repeated meanwhile', async () => {
      const { wake, settled } = await abandoned({ at: 'publication', what: 'sleeps before' }, 'one', 'key');
      const { publication } = await append(log, 'one', 'key');
      wake();

      expect(await settled).toEqual({ publication, repeated: true });
    });

    it('numbers 200 appends without a hole, and each key once, while 30 of the callers are abandoned', async () => {
      const processes = [log, world.open()];
      const keys = Array.from({ length: 200 }, (_, n) => `key-${n}`);

      const acked: Publication[] = [];
      await concurrently(keys.entries(), AT_ONCE, async ([n, key]) => {
        const process = processes[n % 2] as PublicationLog;
        const fault = n < 30 ? faults[n % faults.length] : undefined;
        const first = fault && (await abandoned(fault, n, key));
        const appended = await append(process, n, key);
        first?.wake();
        if (fault?.what === 'sleeps before') await first?.settled;
        acked.push(appended.publication);
      });

      const found = await contents(log);
      expect(found.map(({ offset }) => offset)).toEqual(offsetsTo(200));
      expect(new Set(found.map(dataOf)).size).toBe(200);
      expect(found).toEqual(acked.toSorted((a, b) => a.offset - b.offset));
    });
  });
