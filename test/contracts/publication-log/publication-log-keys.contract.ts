import { beforeEach, describe, expect, it } from '@jest/globals';
import type { PublicationLog } from '../../../src/application/ports/publication-log.js';
import { IDEMPOTENCY_MS } from '../../../src/domain/publications/publication.js';
import { append, contents, draft, type Logs } from './publication-logs.js';

/** `create` makes an empty world. */
export const publicationLogKeysContract = (adapter: string, create: () => Logs | Promise<Logs>) =>
  describe(`PublicationLog, keys: ${adapter}`, () => {
    let world: Logs;
    let log: PublicationLog;

    beforeEach(async () => {
      world = await create();
      log = world.open();
    });

    it('returns the same publication when a key comes again, to any process', async () => {
      const first = await append(log, { a: 1 }, 'key');
      await append(log, 'between');
      world.clock.advance(1_000);

      for (const repeat of [log, world.open(), log])
        expect(await append(repeat, { a: 1 }, 'key')).toEqual({ ...first, repeated: true });
      expect(await contents(log)).toHaveLength(2);
    });

    it('refuses a key that comes again with other data, and writes nothing', async () => {
      await append(log, { a: 1 }, 'key');

      for (const other of [{ a: 2 }, { a: '1' }, { a: 1, b: 1 }, null])
        await expect(append(log, other, 'key')).rejects.toMatchObject({ code: 'idempotency_conflict' });

      expect(await contents(log)).toHaveLength(1);
      expect(await append(log, { a: 1 }, 'key')).toMatchObject({ repeated: true });
    });

    it('treats the same key of another user or room as another publication', async () => {
      await append(log, 'one', 'key');

      expect(await log.append('lobby', draft('two', 'key', 'bob'))).toMatchObject({
        repeated: false,
        publication: { from: 'bob', offset: 2 },
      });
      expect(await append(log, 'three', 'key', 'team')).toMatchObject({ repeated: false });
      expect(await append(log, 'one', 'Key')).toMatchObject({ repeated: false });
    });

    it('is not confused by keys such as __proto__', async () => {
      for (const key of ['__proto__', 'constructor', 'a', 'A', '-', '_']) {
        expect(await append(log, key, key)).toMatchObject({ repeated: false });
        expect(await append(log, key, key)).toMatchObject({ repeated: true });
      }
    });

    it('remembers a key for 24 hours, and then accepts it as a new one', async () => {
      const first = await append(log, 'one', 'key');
      world.clock.advance(IDEMPOTENCY_MS - 1);
      expect(await append(log, 'one', 'key')).toEqual({ ...first, repeated: true });

      world.clock.advance(2);
      const anew = await append(log, 'one', 'key');
      expect(anew).toMatchObject({ repeated: false, publication: { offset: 2 } });
      expect(await append(log, 'one', 'key')).toEqual({ ...anew, repeated: true });
      world.clock.advance(IDEMPOTENCY_MS + 1);
      expect(await append(log, 'other', 'key')).toMatchObject({
        repeated: false,
        publication: { offset: 3 },
      });
    });

    it('makes one publication of a key that comes many times at once through several processes', async () => {
      const processes = [log, world.open(), world.open()];

      const appended = await Promise.all(
        Array.from({ length: 30 }, (_, n) => append(processes[n % 3] as PublicationLog, 'one', 'key')),
      );

      expect(new Set(appended.map(({ publication }) => publication.id)).size).toBe(1);
      expect(appended.filter(({ repeated }) => !repeated)).toHaveLength(1);
      expect(await contents(log)).toHaveLength(1);
    });

    it('lets one of several writers win that use one key with different data', async () => {
      const processes = [log, world.open()];

      const outcomes = await Promise.allSettled(
        Array.from({ length: 10 }, (_, n) => append(processes[n % 2] as PublicationLog, n, 'key')),
      );

      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await contents(log)).toHaveLength(1);
    });
  });
