import { beforeEach, describe, expect, it } from '@jest/globals';
import { cursor } from '../../../schemas/grammar.js';
import type { PublicationLog } from '../../../src/application/ports/publication-log.js';
import { RETENTION_MS } from '../../../src/domain/publications/publication.js';
import { append, contents, expireNewest, LONG_AFTER_MS, type Logs, offsetsTo } from './publication-logs.js';

/** `create` makes an empty world. */
export const publicationLogEpochsContract = (adapter: string, create: () => Logs | Promise<Logs>) =>
  describe(`PublicationLog, epochs: ${adapter}`, () => {
    let world: Logs;
    let log: PublicationLog;

    beforeEach(async () => {
      world = await create();
      log = world.open();
    });

    it('keeps publications until their retention has passed', async () => {
      const { publication } = await append(log, 'one');
      world.clock.advance(RETENTION_MS - 2 * 3_600_000);

      expect(await contents(log)).toEqual([publication]);
      expect((await append(log, 'two')).publication).toMatchObject({ epoch: publication.epoch, offset: 2 });
    });

    it('continues the same epoch while publications keep coming', async () => {
      const { publication } = await append(log, 1);
      for (const n of offsetsTo(6)) {
        world.clock.advance(RETENTION_MS / 2);
        await append(log, n + 1);
      }

      expect(await log.head('lobby')).toEqual({ epoch: publication.epoch, offset: 7 });
    });

    it('skips expired rows, deleted or not, and reads on after them', async () => {
      for (const n of offsetsTo(5)) await append(log, n);
      world.clock.advance(RETENTION_MS / 2);
      await append(log, 6);
      world.clock.advance(RETENTION_MS / 2 + 24 * 3_600_000);

      const { epoch, offset } = await log.head('lobby');
      expect(offset).toBe(6);
      expect(await log.range('lobby', epoch, 1, 6)).toEqual([expect.objectContaining({ offset: 6 })]);
    });

    it('reads the head from the newest row, expired or not', async () => {
      for (const n of offsetsTo(3)) await append(log, n);
      const head = await log.head('lobby');
      world.clock.advance(LONG_AFTER_MS);

      expect(await log.head('lobby')).toEqual(head);
      expect(await world.open().head('lobby')).toEqual(head);
      expect(await contents(log)).toEqual([]);
    });

    it('begins a new epoch with number 1 when something is published after all rows have expired', async () => {
      for (const n of offsetsTo(3)) await append(log, n);
      await expireNewest(world, log);
      const before = await log.head('lobby');

      const { publication } = await append(log, 'anew', 'key');

      expect(publication.offset).toBe(1);
      expect(publication.epoch > before.epoch).toBe(true);
      expect(await contents(log)).toEqual([publication]);
      expect(await log.range('lobby', before.epoch, 1, 99)).toEqual([]);
    });

    it('begins a new epoch after the retention without a publication, and every head is a cursor', async () => {
      const heads = [await log.head('lobby')];
      for (let n = 0; n < 3; n += 1) {
        world.clock.advance(LONG_AFTER_MS);
        heads.push(await log.head('lobby'));
        expect(await world.open().head('lobby')).toEqual(heads.at(-1));
      }

      expect(heads.every((head) => cursor.safeParse(head).success)).toBe(true);
      expect(heads.map(({ offset }) => offset)).toEqual([0, 0, 0, 0]);
      const epochs = heads.map(({ epoch }) => epoch);
      expect(epochs).toEqual([...new Set(epochs)].sort());
      expect((await append(log, 'one')).publication.epoch).toBe(epochs.at(-1));
    });

    it('accepts a key of an earlier epoch as a new one', async () => {
      await append(log, 'one', 'key');
      await expireNewest(world, log);

      expect(await append(log, 'two', 'key')).toMatchObject({ repeated: false, publication: { offset: 1 } });
    });

    it('replaces an epoch once, without a hole, while many append', async () => {
      await append(log, 'old');
      await expireNewest(world, log);
      const processes = [log, world.open(), world.open()];

      const appended = await Promise.all(
        Array.from({ length: 60 }, (_, n) =>
          append(processes[n % 3] as PublicationLog, n, n % 2 === 0 ? `key-${n}` : undefined),
        ),
      );

      const found = await contents(log);
      expect(found.map(({ offset }) => offset)).toEqual(offsetsTo(60));
      expect(new Set(appended.map(({ publication }) => publication.epoch)).size).toBe(1);
      expect(appended.map(({ publication }) => publication)).toEqual(
        expect.arrayContaining(found.map((it) => expect.objectContaining({ id: it.id, offset: it.offset }))),
      );
    });

    it('numbers 200 concurrent appends of two processes 1…200', async () => {
      const processes = [log, world.open()];

      const appended = await Promise.all(
        Array.from({ length: 200 }, (_, n) =>
          append(processes[n % 2] as PublicationLog, n, n % 3 === 0 ? `key-${n}` : undefined),
        ),
      );

      const offsets = appended.map(({ publication }) => publication.offset).sort((a, b) => a - b);
      expect(offsets).toEqual(offsetsTo(200));
      expect((await contents(log)).map(({ id }) => id)).toEqual(
        appended
          .map(({ publication }) => publication)
          .sort((a, b) => a.offset - b.offset)
          .map(({ id }) => id),
      );
    });
  });
