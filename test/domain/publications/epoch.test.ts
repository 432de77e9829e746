import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cursor } from '../../../schemas/grammar.js';
import { nextEpoch } from '../../../src/domain/publications/epoch.js';

const suffix = fc.stringMatching(/^[a-z0-9]{6}$/);
const moment = fc.integer({ min: 0, max: Date.UTC(2200, 0, 1) });

describe('an epoch', () => {
  it('is 13 digits of its time and six characters', () => {
    expect(nextEpoch(1_760_000_000_000, 'a1b2c3')).toBe('1760000000000-a1b2c3');
    expect(nextEpoch(7, 'a1b2c3')).toBe('0000000000007-a1b2c3');
  });

  it('sorts after the previous one for any clock and any random number', () => {
    fc.assert(
      fc.property(moment, moment, suffix, suffix, (first, second, one, other) => {
        const before = nextEpoch(first, one);
        const after = nextEpoch(second, other, before);
        expect(after > before).toBe(true);
        expect(`${after}#0000000000000001` > `${before}#9999999999999999`).toBe(true);
      }),
    );
  });

  it('sorts before the row with the room’s epoch, and fits into a cursor', () => {
    fc.assert(
      fc.property(moment, suffix, (now, chance) => {
        expect(nextEpoch(now, chance) < 'META').toBe(true);
        expect(cursor.safeParse({ epoch: nextEpoch(now, chance), offset: 0 }).success).toBe(true);
      }),
    );
  });
});
