import { beforeEach, describe, expect, it } from '@jest/globals';
import { pages, type Row, type Table } from '../../../src/adapters/dynamodb/table/table.js';

/** `create` makes an empty table. */
export const tableContract = (implementation: string, create: () => Table | Promise<Table>) =>
  describe(`Table: ${implementation}`, () => {
    let table: Table;
    const key = { pk: 'ROOM#lobby', sk: 'a=' };

    beforeEach(async () => {
      table = await create();
    });

    describe('one row', () => {
      it('is undefined before a put, then as it was put, and undefined after a delete', async () => {
        const item = {
          ...key,
          text: 'Äänekoski 🙂\u0000',
          number: -1.5,
          rooms: new Set(['x', 'y']),
          flag: true,
        };

        expect(await table.get(key)).toBeUndefined();
        expect(await table.put(item)).toBe(true);
        expect(await table.get(key)).toEqual(item);
        expect(await table.delete(key)).toEqual(item);
        expect(await table.get(key)).toBeUndefined();
        expect(await table.delete(key)).toBeUndefined();
      });

      it('is replaced as a whole by another put', async () => {
        await table.put({ ...key, a: 1, b: 2 });
        await table.put({ ...key, b: 3 });

        expect(await table.get(key)).toEqual({ ...key, b: 3 });
      });

      it('is not affected by changes to the object that was put or read', async () => {
        const item: Row = { ...key, list: ['a'] };
        await table.put(item);
        item.list = [];
        const read = (await table.get(key)) as { list: string[] } & Row;
        read.list.push('b');

        expect(await table.get(key)).toEqual({ ...key, list: ['a'] });
      });

      it('is stored without undefined attributes', async () => {
        await table.put({ ...key, a: 1, b: undefined });

        expect(Object.keys((await table.get(key)) ?? {}).sort()).toEqual(['a', 'pk', 'sk']);
      });

      it('is separate for every key, even for similar ones', async () => {
        const names = ['a', 'A', 'a ', 'ä', 'a\u0308', '__proto__', 'constructor', 'a#', '#', '🙂'];
        for (const name of names) {
          await table.put({ pk: name, sk: 'x', name });
          await table.put({ pk: 'x', sk: name, name });
        }

        for (const name of names) {
          expect(await table.get({ pk: name, sk: 'x' })).toMatchObject({ name });
          expect(await table.get({ pk: 'x', sk: name })).toMatchObject({ name });
        }
      });
    });

    describe('a query', () => {
      const numbered = (sk: string): Row => ({ pk: 'LOG', sk, n: sk });
      const sorted = async (query: Parameters<Table['query']>[0]) =>
        (await table.query(query)).rows.map(({ sk }) => sk);

      beforeEach(() => table.putAll(['3', '1', 'META', '2', '10'].map(numbered)));

      it('returns the rows of one partition in the order of sk, with their attributes', async () => {
        await table.put({ pk: 'LOG2', sk: '0' });

        const { rows, next } = await table.query({ pk: 'LOG' });

        expect(rows).toEqual(['1', '10', '2', '3', 'META'].map(numbered));
        expect(next).toBeUndefined();
        expect(await table.query({ pk: 'LO' })).toEqual({ rows: [] });
      });

      it('orders by the bytes of UTF-8', async () => {
        const ordered = ['A', 'Z', 'a', 'z', 'ä', '\uffee', '🙂'];
        await table.putAll([...ordered].reverse().map((sk) => ({ pk: 'TEXT', sk })));

        expect(await sorted({ pk: 'TEXT' })).toEqual(ordered);
      });

      it('reads the requested attributes of each row, and the key', async () => {
        await table.put({ pk: 'WIDE', sk: '1', a: 1, b: { c: 2 }, ttl: 3 });
        await table.put({ pk: 'WIDE', sk: '2', ttl: 3 });

        const { rows } = await table.query({ pk: 'WIDE', attributes: ['a', 'b'] });

        expect(rows).toEqual([
          { pk: 'WIDE', sk: '1', a: 1, b: { c: 2 } },
          { pk: 'WIDE', sk: '2' },
        ]);
      });

      it('goes backwards', async () => {
        expect(await sorted({ pk: 'LOG', descending: true })).toEqual(['META', '3', '2', '10', '1']);
      });

      it('respects its bounds, both inclusive', async () => {
        expect(await sorted({ pk: 'LOG', between: ['10', '3'] })).toEqual(['10', '2', '3']);
        expect(await sorted({ pk: 'LOG', between: ['11', '19'] })).toEqual([]);
        expect(await sorted({ pk: 'LOG', between: ['10', '3'], descending: true })).toEqual(['3', '2', '10']);
      });

      it('returns no more than its limit, and continues where it ended', async () => {
        for (const descending of [false, true]) {
          const query = { pk: 'LOG', limit: 2, descending };
          const first = await table.query(query);
          const second = await table.query({ ...query, ...(first.next && { after: first.next }) });

          expect([...first.rows, ...second.rows].map(({ sk }) => sk)).toEqual(
            descending ? ['META', '3', '2', '10'] : ['1', '10', '2', '3'],
          );
          expect(second.next).toBeDefined();
        }
      });

      it('continues after a row that no longer exists', async () => {
        const { next } = await table.query({ pk: 'LOG', limit: 2 });
        await table.delete({ pk: 'LOG', sk: '10' });

        expect(await sorted({ pk: 'LOG', ...(next && { after: next }) })).toEqual(['2', '3', 'META']);
      });

      it('reads page after page of 1 MB', async () => {
        const fill = 'x'.repeat(100_000);
        const items = Array.from({ length: 25 }, (_, n) => ({ pk: 'BIG', sk: String(n + 10), fill }));
        await table.putAll(items);

        const sizes: number[] = [];
        const seen: string[] = [];
        for await (const page of pages(table, { pk: 'BIG' })) {
          sizes.push(page.length);
          seen.push(...page.map(({ sk }) => sk));
        }

        expect(seen).toEqual(items.map(({ sk }) => sk));
        expect(sizes.filter((size) => size > 0)).toHaveLength(3);
        expect(Math.max(...sizes)).toBeLessThanOrEqual(11);
      });

      it('counts up to a number, over pages', async () => {
        expect(await table.count('LOG', 100)).toBe(5);
        expect(await table.count('LOG', 5)).toBe(5);
        expect(await table.count('LOG', 3)).toBe(3);
        expect(await table.count('NOTHING', 3)).toBe(0);

        const fill = 'x'.repeat(200_000);
        await table.putAll(Array.from({ length: 12 }, (_, n) => ({ pk: 'BIG', sk: `${n}`, fill })));
        expect(await table.count('BIG', 100)).toBe(12);
        expect(await table.count('BIG', 11)).toBe(11);
      });
    });

    describe('putting many', () => {
      it('writes more than 25 rows, and replaces existing ones', async () => {
        await table.put({ pk: 'MANY', sk: '07', old: true });
        const items = Array.from({ length: 60 }, (_, n) => ({
          pk: 'MANY',
          sk: String(n).padStart(2, '0'),
          n,
        }));

        await table.putAll(items);

        expect((await table.query({ pk: 'MANY' })).rows).toEqual(items);
      });

      it('writes nothing for an empty list', async () => {
        await table.putAll([]);

        expect(await table.query({ pk: 'MANY' })).toEqual({ rows: [] });
      });
    });
  });
