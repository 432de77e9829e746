import { beforeEach, describe, expect, it } from '@jest/globals';
import type { PublicationLog } from '../../../src/application/ports/publication-log.js';
import { append, contents, dataOf, LONG_AFTER_MS, type Logs, offsetsTo } from './publication-logs.js';

/** `create` makes an empty world. */
export const publicationLogErasureContract = (adapter: string, create: () => Logs | Promise<Logs>) =>
  describe(`PublicationLog, erasure: ${adapter}`, () => {
    let world: Logs;
    let log: PublicationLog;

    beforeEach(async () => {
      world = await create();
      log = world.open();
    });

    it('removes all publications of a room and nothing else, and begins a new epoch', async () => {
      for (const n of offsetsTo(30)) await append(log, n);
      await append(log, 'elsewhere', undefined, 'lobby-2');
      const before = await log.head('lobby');

      expect(await world.open().erase('lobby')).toBe(30);

      const head = await log.head('lobby');
      expect(head.offset).toBe(0);
      expect(head.epoch > before.epoch).toBe(true);
      expect(await log.range('lobby', before.epoch, 1, 99)).toEqual([]);
      expect(await contents(log)).toEqual([]);
      expect((await contents(log, 'lobby-2')).map(dataOf)).toEqual(['elsewhere']);
    });

    it('continues a room in the new epoch, with number 1', async () => {
      await append(log, 'old');
      const peeked = await log.peek('lobby');
      await log.erase('lobby');
      const { epoch } = await log.head('lobby');

      const draft = { from: 'alice', data: (await append(log, 'anew')).publication.data, requestId: 'r' };
      const second = await log.append('lobby', draft, { peeked });

      expect(second.publication).toMatchObject({ epoch, offset: 2 });
      expect((await contents(world.open())).map(dataOf)).toEqual(['anew', 'anew']);
    });

    it('frees the keys of removed publications, for the same data and for other data', async () => {
      await append(log, 'one', 'key-1');
      await append(log, 'two', 'key-2');
      await log.erase('lobby');

      expect(await append(log, 'one', 'key-1')).toMatchObject({
        repeated: false,
        publication: { offset: 1 },
      });
      expect(await append(log, 'other', 'key-2')).toMatchObject({
        repeated: false,
        publication: { offset: 2 },
      });
      expect(await append(log, 'one', 'key-1')).toMatchObject({ repeated: true, publication: { offset: 1 } });
      await expect(append(log, 'two', 'key-2')).rejects.toMatchObject({ code: 'idempotency_conflict' });
    });

    it('erases again, and also a room without publications', async () => {
      expect(await log.erase('lobby')).toBe(0);
      await append(log, 'one');
      expect(await log.erase('lobby')).toBe(1);
      const head = await log.head('lobby');

      expect(await log.erase('lobby')).toBe(0);
      expect(await log.head('lobby')).toEqual(head);
      await append(log, 'two');
      expect(await log.erase('lobby')).toBe(1);
      expect((await log.head('lobby')).epoch > head.epoch).toBe(true);
    });

    it('erases a room whose newest publication has expired', async () => {
      await append(log, 'one');
      const { epoch } = await log.head('lobby');
      world.clock.advance(LONG_AFTER_MS);

      await log.erase('lobby');

      expect((await log.head('lobby')).epoch > epoch).toBe(true);
      expect((await append(log, 'two')).publication.offset).toBe(1);
    });

    it('puts simultaneous appends before its end or into the new epoch, without a hole', async () => {
      for (const n of offsetsTo(5)) await append(log, n);
      const processes = [log, world.open()];

      const appending = Promise.all(
        Array.from({ length: 40 }, (_, n) => append(processes[n % 2] as PublicationLog, n, `key-${n}`)),
      );
      await world.open().erase('lobby');
      const appended = await appending;

      const { epoch } = await log.head('lobby');
      const kept = appended.filter(({ publication }) => publication.epoch === epoch);
      const found = await contents(log);
      expect(found.map(({ offset }) => offset)).toEqual(offsetsTo(kept.length));
      expect(new Set(found.map(({ id }) => id))).toEqual(
        new Set(kept.map(({ publication }) => publication.id)),
      );
    });
  });
