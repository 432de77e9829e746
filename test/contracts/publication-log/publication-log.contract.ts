import { beforeEach, describe, expect, it } from '@jest/globals';
import { cursor } from '../../../schemas/grammar.js';
import type { PublicationLog } from '../../../src/application/ports/publication-log.js';
import { JsonText } from '../../../src/domain/json/json-text.js';
import { append, contents, dataOf, draft, type Logs, offsetsTo } from './publication-logs.js';

const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));

const bodies: [name: string, data: unknown][] = [
  ['{"constructor":1}', JSON.parse('{"constructor":1}')],
  ['{"__proto__":1}', JSON.parse('{"__proto__":1}')],
  ['{"__proto__":{"a":1},"toJSON":"x"}', JSON.parse('{"__proto__":{"a":1},"toJSON":"x"}')],
  ['1e300', 1e300],
  ['0.1', 0.1],
  ['9007199254740991', 9007199254740991],
  ['"\\u0000"', '\u0000'],
  ['""', ''],
  ['null', null],
  ['false', false],
  ['{"":[]}', { '': [] }],
  ['emoji and line separators', 'Äiti 👩‍👧 \u2028\u2029 \ufeff'],
  ['31 levels', nested(31)],
  ['300 levels', nested(300)],
  ['512 levels', nested(512)],
  ['16 KiB', 'x'.repeat(16_382)],
];

/** `create` makes an empty world. */
export const publicationLogContract = (adapter: string, create: () => Logs | Promise<Logs>) =>
  describe(`PublicationLog: ${adapter}`, () => {
    let world: Logs;
    let log: PublicationLog;

    beforeEach(async () => {
      world = await create();
      log = world.open();
    });

    it('numbers 1, 2, 3, … and returns each append', async () => {
      const first = await append(log, { text: 'one' });
      world.clock.advance(5);
      const second = await append(log, 'two', 'key-2');

      const { epoch } = await log.head('lobby');
      expect(first).toEqual({
        publication: {
          room: 'lobby',
          epoch,
          offset: 1,
          id: expect.stringMatching(/^.{10,}$/),
          from: 'alice',
          at: world.clock.now() - 5,
          data: JsonText.of({ text: 'one' }),
          requestId: 'request',
        },
        repeated: false,
      });
      expect(second).toMatchObject({
        publication: { epoch, offset: 2, data: JsonText.of('two') },
        repeated: false,
      });
      expect(second.publication.id).not.toBe(first.publication.id);
      expect(await contents(log)).toEqual([first.publication, second.publication]);
    });

    it('shows every append that has returned to every other process', async () => {
      const other = world.open();
      const { publication } = await append(log, 'one');

      expect(await other.head('lobby')).toEqual({ epoch: publication.epoch, offset: 1 });
      expect(await contents(other)).toEqual([publication]);
    });

    it('has a head that is a cursor, even before the first publication', async () => {
      const head = await log.head('lobby');

      expect(cursor.safeParse(head).success).toBe(true);
      expect(head.offset).toBe(0);
      expect(await world.open().head('lobby')).toEqual(head);
      expect((await append(log, 'one')).publication.epoch).toBe(head.epoch);
      expect(await log.head('lobby')).toEqual({ ...head, offset: 1 });
    });

    it('reads a range: both ends included, oldest first', async () => {
      for (const n of offsetsTo(12)) await append(log, n);
      const { epoch } = await log.head('lobby');
      const range = async (first: number, last: number) =>
        (await log.range('lobby', epoch, first, last)).map(({ offset }) => offset);

      expect(await range(3, 5)).toEqual([3, 4, 5]);
      expect(await range(9, 11)).toEqual([9, 10, 11]);
      expect(await range(11, 99)).toEqual([11, 12]);
      expect(await range(13, Number.MAX_SAFE_INTEGER)).toEqual([]);
      expect(await range(1, 0)).toEqual([]);
      expect(await range(1, -1)).toEqual([]);
      expect(await log.range('lobby', 'another-epoch', 1, 12)).toEqual([]);
      expect(await log.range('nowhere', epoch, 1, 12)).toEqual([]);
    });

    it('reads ranges of more than 1 MB', async () => {
      const data = 'x'.repeat(16_000);
      for (const n of offsetsTo(80)) await append(log, `${n} ${data}`);

      expect((await contents(log)).map(({ offset }) => offset)).toEqual(offsetsTo(80));
    });

    it('keeps similar and odd room names apart', async () => {
      const rooms = [
        '*',
        '@alice',
        'alice',
        'Alice',
        'a',
        '@a',
        '__proto__',
        'constructor',
        'META',
        '1',
        '1:2',
      ];
      for (const room of rooms) await log.append(room, draft(room, 'same-key'));

      for (const room of rooms)
        expect(await contents(log, room)).toEqual([
          expect.objectContaining({ room, offset: 1, data: JsonText.of(room) }),
        ]);
    });

    it.each(bodies)('returns data unchanged: %s', async (_, data) => {
      const { publication } = await append(log, data, 'key');
      const repeated = await append(world.open(), data, 'key');
      const [read] = await contents(log);

      expect(repeated.repeated).toBe(true);
      for (const it of [publication, repeated.publication, read])
        expect(it?.data.text).toBe(JSON.stringify(data));
    });

    it('is not affected when callers change their objects', async () => {
      const data = { list: [1] };
      const { publication } = await append(log, data, 'key');
      data.list.push(2);
      publication.data = JsonText.of({ list: [1, 3] });

      expect((await contents(log)).map(dataOf)).toEqual([{ list: [1] }]);
      expect(dataOf((await append(log, { list: [1] }, 'key')).publication)).toEqual({ list: [1] });
    });
  });
