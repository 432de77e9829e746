import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Condition } from '../../../src/adapters/dynamodb/table/expression.js';
import type { Row, Table } from '../../../src/adapters/dynamodb/table/table.js';

const key = { pk: 'CONNECTION#a=', sk: 'CONNECTION' };
const row: Row = { ...key, text: 'b', number: 5, rooms: new Set(['x', 'y']) };

/** Conditions that hold for `row`. */
const holding: Condition[] = [
  { exists: 'pk' },
  { exists: 'rooms' },
  { absent: 'nothing' },
  { equals: ['text', 'b'] },
  { equals: ['number', 5] },
  { below: ['number', 5.5] },
  { between: ['number', 5, 5] },
  { between: ['number', -1, 9] },
  { sizeBelow: ['rooms', 3] },
  { contains: ['rooms', 'x'] },
  { any: [{ absent: 'pk' }, { equals: ['text', 'b'] }] },
  { all: [{ exists: 'pk' }, { below: ['number', 6] }] },
  { all: [{ exists: 'pk' }, { any: [{ absent: 'rooms' }, { contains: ['rooms', 'y'] }] }] },
  { any: [{ all: [{ exists: 'pk' }, { absent: 'text' }] }, { equals: ['number', 5] }] },
];

/** Conditions that fail. An absent attribute, or one of another type, satisfies none. */
const failing: Condition[] = [
  { exists: 'nothing' },
  { absent: 'pk' },
  { absent: 'rooms' },
  { equals: ['text', 'B'] },
  { equals: ['text', 'bb'] },
  { equals: ['number', 6] },
  { equals: ['nothing', 'b'] },
  { equals: ['number', '5'] },
  { below: ['number', 5] },
  { below: ['nothing', 5] },
  { below: ['text', 5] },
  { between: ['number', 6, 9] },
  { between: ['number', 1, 4.9] },
  { between: ['nothing', 1, 9] },
  { sizeBelow: ['rooms', 2] },
  { sizeBelow: ['nothing', 5] },
  { contains: ['rooms', 'z'] },
  { contains: ['nothing', 'x'] },
  { any: [{ absent: 'pk' }, { equals: ['text', 'c'] }] },
  { all: [{ exists: 'pk' }, { below: ['number', 4] }] },
];

/** For an absent row, only `absent` holds. */
const holdingOfNothing: Condition[] = [
  { absent: 'pk' },
  { absent: 'rooms' },
  { any: [{ equals: ['text', 'b'] }, { absent: 'pk' }] },
];
const failingOfNothing: Condition[] = [
  { exists: 'pk' },
  { equals: ['text', 'b'] },
  { below: ['number', 9] },
  { between: ['number', 0, 9] },
  { sizeBelow: ['rooms', 9] },
  { contains: ['rooms', 'x'] },
  { all: [{ absent: 'rooms' }, { exists: 'pk' }] },
];

/** `create` makes an empty table. */
export const tableConditionsContract = (implementation: string, create: () => Table | Promise<Table>) =>
  describe(`Table, conditions: ${implementation}`, () => {
    let table: Table;

    beforeEach(async () => {
      table = await create();
    });

    const cases = [
      ...holding.map((condition) => ({ condition, of: 'a row', holds: true })),
      ...failing.map((condition) => ({ condition, of: 'a row', holds: false })),
      ...holdingOfNothing.map((condition) => ({ condition, of: 'no row', holds: true })),
      ...failingOfNothing.map((condition) => ({ condition, of: 'no row', holds: false })),
    ].map((it) => ({ ...it, name: JSON.stringify(it.condition), verb: it.holds ? 'writes' : 'refuses' }));

    it.each(cases)('$verb if there is $of and the condition is $name', async ({ condition, of, holds }) => {
      const before = of === 'a row' ? row : undefined;
      const restore = async () => {
        if (before) await table.put(before);
        else await table.delete(key);
      };

      await restore();
      expect(await table.put({ ...key, written: true }, condition)).toBe(holds);
      expect(await table.get(key)).toEqual(holds ? { ...key, written: true } : before);

      await restore();
      const changed = { ...key, ...before, written: true };
      expect(await table.update(key, { set: { written: true } }, condition)).toEqual(
        holds ? changed : undefined,
      );
      expect(await table.get(key)).toEqual(holds ? changed : before);
    });

    it('lets exactly one of many simultaneous puts win, and one of many updates', async () => {
      const slots = await Promise.all(
        Array.from({ length: 20 }, (_, n) => table.put({ ...key, n }, { absent: 'pk' })),
      );
      expect(slots.filter(Boolean)).toHaveLength(1);
      expect(await table.get(key)).toEqual({ ...key, n: slots.indexOf(true) });

      const n = slots.indexOf(true);
      const moves = await Promise.all(
        Array.from({ length: 20 }, (_, m) =>
          table.update(key, { set: { n: 100 + m } }, { equals: ['n', n] }),
        ),
      );
      expect(moves.filter(Boolean)).toHaveLength(1);
    });

    it('lets exactly one of many simultaneous calls delete a row', async () => {
      await table.put(row);

      const deleted = await Promise.all(Array.from({ length: 20 }, () => table.delete(key)));

      expect(deleted.filter(Boolean)).toEqual([row]);
    });
  });
