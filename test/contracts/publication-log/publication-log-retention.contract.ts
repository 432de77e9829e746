import { beforeEach, describe, expect, it } from '@jest/globals';
import type { PublicationLog } from '../../../src/application/ports/publication-log.js';
import {
  append,
  contents,
  dataOf,
  expireNewest,
  type Logs,
  offsetsTo,
  type RetainingLogs,
} from './publication-logs.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** `create` makes an empty world whose processes keep publications for that long. */
export const publicationLogRetentionContract = (
  adapter: string,
  create: (retentionMs: number) => Logs | Promise<Logs>,
) =>
  describe.each([1, 30])(`PublicationLog, retention of %d days: ${adapter}`, (days) => {
    let world: Logs;
    let log: PublicationLog;

    beforeEach(async () => {
      world = await create(days * DAY_MS);
      log = world.open();
    });

    it('lets publications be read for that long, and no longer than a few hours more', async () => {
      await append(log, 'one');
      world.clock.advance(days * DAY_MS - HOUR_MS);
      expect((await contents(log)).map(dataOf)).toEqual(['one']);

      world.clock.advance(4 * HOUR_MS);
      expect(await contents(log)).toEqual([]);
    });

    it('continues the epoch for that long, and begins a new one afterwards', async () => {
      const { publication } = await append(log, 'one');
      world.clock.advance(days * DAY_MS - 2 * HOUR_MS);
      expect((await append(log, 'two')).publication).toMatchObject({ epoch: publication.epoch, offset: 2 });

      await expireNewest(world, log, (days + 1) * DAY_MS);
      const later = await append(log, 'three');
      expect(later.publication.offset).toBe(1);
      expect(later.publication.epoch > publication.epoch).toBe(true);
    });

    it('remembers a key for 24 hours', async () => {
      const first = await append(log, 'one', 'key');
      world.clock.advance(DAY_MS - 1);
      expect(await append(log, 'one', 'key')).toEqual({ ...first, repeated: true });
    });
  });

/** For stores that outlive their processes: later processes may keep publications for a longer or a shorter time. */
export const publicationLogOtherRetentionContract = (
  adapter: string,
  create: () => RetainingLogs | Promise<RetainingLogs>,
) =>
  describe(`PublicationLog, another retention: ${adapter}`, () => {
    let world: RetainingLogs;
    const places = new Set<string>();
    const appendTo = async (log: PublicationLog, data: unknown) => {
      const { publication } = await append(log, data);
      const place = `${publication.epoch} ${publication.offset}`;
      expect(places).not.toContain(place);
      places.add(place);
      return publication;
    };
    const keeping = (days: number) => world.open(world.clock, days * DAY_MS);

    beforeEach(async () => {
      world = await create();
      places.clear();
    });

    it('hides publications older than a shorter retention at once, and no newer ones', async () => {
      for (const n of offsetsTo(3)) await appendTo(keeping(30), n);
      world.clock.advance(2 * DAY_MS);
      expect(await contents(keeping(1))).toEqual([]);

      await appendTo(keeping(1), 4);
      expect((await contents(keeping(1))).map(dataOf)).toEqual([4]);
    });

    it('with a longer retention, shows the existing publications and keeps new ones longer', async () => {
      await appendTo(keeping(1), 1);
      await appendTo(keeping(30), 2);
      world.clock.advance(20 * DAY_MS);

      expect((await contents(keeping(30))).map(dataOf)).toEqual([2]);
    });

    it('gives no place twice if newer rows would vanish before older ones', async () => {
      for (const n of offsetsTo(3)) await appendTo(keeping(30), n);
      for (const n of offsetsTo(3)) await appendTo(keeping(1), n);
      const head = await keeping(1).head('lobby');
      world.clock.advance(3 * DAY_MS);
      await world.vanish();

      const found = await keeping(1).head('lobby');
      expect(found.epoch > head.epoch || found.offset >= head.offset).toBe(true);
      for (const n of offsetsTo(6)) await appendTo(keeping(1), n);
    });

    it('gives no place twice if all rows vanished before a longer retention began', async () => {
      for (const n of offsetsTo(3)) await appendTo(keeping(1), n);
      world.clock.advance(3 * DAY_MS);
      await world.vanish();

      await keeping(30).head('lobby');
      for (const n of offsetsTo(6)) await appendTo(keeping(30), n);
    });

    it('gives no place twice while processes with both retentions run', async () => {
      const processes = [keeping(30), keeping(1)];
      for (let round = 0; round < 3; round += 1) {
        await Promise.all(
          Array.from({ length: 20 }, (_, n) => appendTo(processes[n % 2] as PublicationLog, n)),
        );
        world.clock.advance(2 * DAY_MS);
        await world.vanish();
      }
    });
  });
