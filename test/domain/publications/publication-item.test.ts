import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { JsonText } from '../../../src/domain/json/json-text.js';
import { bytesOf, toItem } from '../../../src/domain/publications/publication-item.js';

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
});
