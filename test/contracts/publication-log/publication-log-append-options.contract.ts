import { beforeEach, describe, expect, it } from '@jest/globals';
import type { PublicationLog } from '../../../src/application/ports/publication-log.js';
import { ClientError } from '../../../src/domain/client-error.js';
import { FrameTime } from '../../../src/domain/frame-time.js';
import { RETENTION_MS } from '../../../src/domain/publications/publication.js';
import { append, contents, dataOf, draft, type Logs } from './publication-logs.js';

/** `create` makes an empty world. */
export const publicationLogAppendOptionsContract = (adapter: string, create: () => Logs | Promise<Logs>) =>
  describe(`PublicationLog, append options: ${adapter}`, () => {
    let world: Logs;
    let log: PublicationLog;
    const offset = async () => (await log.head('lobby')).offset;

    beforeEach(async () => {
      world = await create();
      log = world.open();
    });

    it('peeks at a head without making one', async () => {
      const first = await log.peek('lobby');
      const second = await log.peek('lobby');

      expect(first.cursor).toBeUndefined();
      expect(second.cursor).toBeUndefined();
      const head = await first.head();
      expect(head).toEqual(await log.head('lobby'));
      expect(await second.head()).toEqual(head);
      expect((await world.open().peek('lobby')).cursor).toEqual(head);
    });

    it('peeks at no head if the epoch has to end, and makes the next one', async () => {
      const { epoch } = await log.head('lobby');
      world.clock.advance(RETENTION_MS + 3 * 3_600_000);

      const peeked = await log.peek('lobby');

      expect(peeked.cursor).toBeUndefined();
      const head = await peeked.head();
      expect(head.offset).toBe(0);
      expect(head.epoch > epoch).toBe(true);
    });

    it('appends after the newest publication, even if the given head is old', async () => {
      const old = await log.peek('lobby');
      await append(log, 'one');
      const newer = await log.peek('lobby');
      await append(world.open(), 'two');

      await log.append('lobby', draft('three', 'key'), { peeked: old });
      await log.append('lobby', draft('four'), { peeked: newer });
      await Promise.all(['five', 'six'].map((data) => log.append('lobby', draft(data), { peeked: newer })));

      expect((await contents(log)).map(dataOf)).toEqual(['one', 'two', 'three', 'four', 'five', 'six']);
    });

    it.each(['key', undefined])('takes no slot before it is admitted (key: %s)', async (key) => {
      let admit = () => {};
      const admitted = new Promise<void>((resolve) => {
        admit = resolve;
      });
      await append(log, 'one');

      const appending = log.append('lobby', draft('two', key), { admitted });
      for (let n = 0; n < 10; n += 1) expect(await offset()).toBe(1);
      admit();

      expect((await appending).publication.offset).toBe(2);
    });

    it.each(['key', undefined])('appends nothing when it is refused (key: %s)', async (key) => {
      const refused = new ClientError('rate_limited');

      await expect(
        log.append('lobby', draft('one', key), { admitted: Promise.reject(refused) }),
      ).rejects.toBe(refused);

      expect(await offset()).toBe(0);
      expect((await append(log, 'one', key)).repeated).toBe(false);
    });

    it('makes no head for a room when it is refused', async () => {
      const peeked = await log.peek('lobby');
      const admitted = Promise.reject(new ClientError('rate_limited'));

      await expect(log.append('lobby', draft('one', 'key'), { peeked, admitted })).rejects.toThrow();

      expect((await log.peek('lobby')).cursor).toBeUndefined();
    });

    it('takes no slot when its time is up', async () => {
      const time = new FrameTime();
      time.end();

      await expect(log.append('lobby', draft('one', 'key'), { time })).rejects.toMatchObject({
        code: 'timeout',
      });
      expect(await offset()).toBe(0);
    });

    it('holds the end of its time back when it has appended', async () => {
      const time = new FrameTime();
      await log.append('lobby', draft('one', 'key'), { time });

      time.end();

      expect(time.signal.aborted).toBe(false);
      expect(time.isUp).toBe(true);
    });
  });
