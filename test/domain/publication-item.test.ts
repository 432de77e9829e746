import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Item } from '../../protocol/item.js';
import { JsonText } from '../../src/domain/json-text.js';
import { bytesOf, fitting, toItem } from '../../src/domain/publication-item.js';

const items = fc
  .array(fc.jsonValue({ stringUnit: 'grapheme' }), { maxLength: 12 })
  .map((list) =>
    list.map((data, n) => ({ offset: n + 1, id: 'i', from: 'alice', at: 1, data: JsonText.of(data) })),
  );

describe('items of a frame', () => {
  it('contain no room, epoch or request', () => {
    const place = { room: 'lobby', epoch: 'e', offset: 1 };
    const item = { offset: 1, id: 'i', from: 'alice', at: 2, data: JsonText.of({ a: 1 }) };

    expect(toItem({ ...place, ...item, requestId: 'r' })).toEqual(item);
  });

  it('are measured as sent, including the comma', () => {
    fc.assert(
      fc.property(items, (all) => {
        const sum = all.reduce((bytes, item) => bytes + bytesOf(item), 0);
        const plain = all.map((item) => ({ ...item, data: JSON.parse(item.data.text) }));
        expect(Buffer.byteLength(JSON.stringify(plain))).toBe(all.length === 0 ? 2 : sum + 1);
      }),
    );
  });

  it('are the first ones that fit, and never more', () => {
    fc.assert(
      fc.property(items, fc.integer({ min: -10, max: 2_000 }), (all, bytes) => {
        const fit = fitting(all, bytes);
        const size = (list: Item[]) => list.reduce((sum, item) => sum + bytesOf(item), 0);
        expect(fit).toEqual(all.slice(0, fit.length));
        if (fit.length > 0) expect(size(fit)).toBeLessThanOrEqual(bytes);
        if (fit.length < all.length) expect(size(all.slice(0, fit.length + 1))).toBeGreaterThan(bytes);
      }),
    );
  });
});
