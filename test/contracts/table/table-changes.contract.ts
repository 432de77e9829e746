import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Table } from '../../../src/adapters/dynamodb/table/table.js';

const key = { pk: 'CONNECTION#a=', sk: 'CONNECTION' };

/** `create` makes an empty table. */
export const tableChangesContract = (implementation: string, create: () => Table | Promise<Table>) =>
  describe(`Table, changes: ${implementation}`, () => {
    let table: Table;

    beforeEach(async () => {
      table = await create();
    });

    it('creates an absent row', async () => {
      const made = { ...key, a: 1, b: 'once', rooms: new Set(['x']) };

      expect(await table.update(key, { set: { a: 1 }, setOnce: { b: 'once' }, add: { rooms: 'x' } })).toEqual(
        made,
      );
      expect(await table.get(key)).toEqual(made);
    });

    it('sets the named attributes and leaves the rest', async () => {
      await table.put({ ...key, a: 1, data: 'old', b: 2 });

      expect(await table.update(key, { set: { a: 9, data: 'new' } })).toEqual({
        ...key,
        a: 9,
        data: 'new',
        b: 2,
      });
    });

    it('sets once', async () => {
      await table.put({ ...key, offset: 0 });

      expect(await table.update(key, { setOnce: { offset: 7, at: 1 } })).toEqual({
        ...key,
        offset: 0,
        at: 1,
      });
      expect(await table.update(key, { setOnce: { offset: 8, at: 2 } })).toEqual({
        ...key,
        offset: 0,
        at: 1,
      });
    });

    it('keeps the old number of an attribute, or 0 if it is absent', async () => {
      expect(await table.update(key, { set: { n: 5 }, keep: { old: 'n' } })).toEqual({
        ...key,
        n: 5,
        old: 0,
      });
      expect(await table.update(key, { set: { n: 7 }, keep: { old: 'n' } })).toEqual({
        ...key,
        n: 7,
        old: 5,
      });
    });

    it('increments a number, from 0 if it is absent, with other changes', async () => {
      expect(await table.update(key, { increment: { n: 5 } })).toEqual({ ...key, n: 5 });
      expect(await table.update(key, { set: { a: 1 }, increment: { n: -7 }, add: { rooms: 'x' } })).toEqual({
        ...key,
        a: 1,
        n: -2,
        rooms: new Set(['x']),
      });
    });

    it('loses no simultaneous increment', async () => {
      const within = { between: ['n', 0, 9] as const };
      await table.put({ ...key, n: 0 });

      await Promise.all(Array.from({ length: 20 }, () => table.update(key, { increment: { n: 1 } }, within)));

      expect(await table.get(key)).toEqual({ ...key, n: 10 });
    });

    it('adds to a set, twice without effect', async () => {
      await table.put(key);

      await table.update(key, { add: { rooms: 'x' } });
      await table.update(key, { add: { rooms: 'y' } });
      const after = await table.update(key, { add: { rooms: 'x' } });

      expect(after).toEqual({ ...key, rooms: new Set(['x', 'y']) });
    });

    it('discards from a set, and removes the attribute with its last element', async () => {
      await table.put({ ...key, rooms: new Set(['x', 'y']) });

      expect(await table.update(key, { discard: { rooms: 'x' } })).toEqual({ ...key, rooms: new Set(['y']) });
      expect(await table.update(key, { discard: { rooms: 'z' } })).toEqual({ ...key, rooms: new Set(['y']) });
      expect(await table.update(key, { discard: { rooms: 'y' } })).toEqual(key);
      expect(await table.get(key)).toEqual(key);
      expect(await table.update(key, { discard: { rooms: 'y' } })).toEqual(key);
    });

    it('accepts names that DynamoDB reserves', async () => {
      const change = {
        data: 'd',
        hash: 'h',
        offset: 1,
        from: 'f',
        at: 2,
        ttl: 3,
        size: 4,
        set: 5,
        add: 6,
        key: 'k',
      };

      expect(await table.update(key, { set: change })).toEqual({ ...key, ...change });
      expect(await table.update(key, { set: { ttl: 4 } }, { equals: ['from', 'f'] })).toMatchObject({
        ttl: 4,
      });
    });

    it('loses no simultaneous addition', async () => {
      const rooms = Array.from({ length: 20 }, (_, n) => `room${n}`);

      await Promise.all(rooms.map((room) => table.update(key, { add: { rooms: room } })));

      expect(await table.get(key)).toEqual({ ...key, rooms: new Set(rooms) });
    });

    it('admits no more simultaneous additions than fit', async () => {
      const full = { any: [{ absent: 'rooms' }, { sizeBelow: ['rooms', 5] as const }] };

      const added = await Promise.all(
        Array.from({ length: 20 }, (_, n) => table.update(key, { add: { rooms: `room${n}` } }, full)),
      );

      expect(added.filter(Boolean)).toHaveLength(5);
    });
  });
