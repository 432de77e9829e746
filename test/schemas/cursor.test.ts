import { describe, expect, it } from '@jest/globals';
import { cursor } from '../../schemas/grammar.js';

const epoch = '1760000000000-a1b2c3';

describe('a cursor', () => {
  it.each([0, 1, 7, Number.MAX_SAFE_INTEGER])('has an offset such as %d', (offset) => {
    expect(cursor.safeParse({ epoch, offset }).success).toBe(true);
  });

  it.each([-1, 0.5, 1e-9, 2 ** 53, 1e300, Number.NaN, Number.POSITIVE_INFINITY])(
    'has no offset %d',
    (offset) => {
      expect(cursor.safeParse({ epoch, offset }).success).toBe(false);
    },
  );

  it.each(['', 'a'.repeat(33), 'a#0000000000000001', 'a b', 'ä', 'a\n', '../', 'a_b'])(
    'has no epoch %j',
    (text) => {
      expect(cursor.safeParse({ epoch: text, offset: 0 }).success).toBe(false);
    },
  );

  it.each(['a', 'Z-9', 'META', 'a'.repeat(32)])('may have the epoch %s, ours or not', (text) => {
    expect(cursor.safeParse({ epoch: text, offset: 0 }).success).toBe(true);
  });
});
