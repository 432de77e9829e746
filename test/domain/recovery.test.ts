import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Publication } from '../../src/domain/publication.js';
import { isDense, unrecoverable } from '../../src/domain/recovery.js';

const rows = (offsets: number[]) => offsets.map((offset) => ({ offset }) as Publication);

describe('recovery', () => {
  it('is possible from any place of the epoch up to the newest', () => {
    const head = { epoch: 'e', offset: 3 };

    for (const offset of [0, 1, 3]) expect(unrecoverable({ epoch: 'e', offset }, head)).toBeUndefined();
    expect(unrecoverable({ epoch: 'e', offset: 4 }, head)).toBe('ahead');
    expect(unrecoverable({ epoch: 'd', offset: 3 }, head)).toBe('epoch_changed');
    expect(unrecoverable({ epoch: 'd', offset: 4 }, head)).toBe('epoch_changed');
  });

  it('needs rows without a gap from the first one', () => {
    expect(isDense(rows([]), 5)).toBe(true);
    expect(isDense(rows([5, 6, 7]), 5)).toBe(true);
    expect(isDense(rows([6, 7]), 5)).toBe(false);
    expect(isDense(rows([5, 7]), 5)).toBe(false);
    expect(isDense(rows([5, 5, 6]), 5)).toBe(false);
    expect(isDense(rows([6, 5]), 5)).toBe(false);
  });

  it('detects any single missing row', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.integer({ min: 2, max: 50 }),
        fc.nat(),
        (first, count, at) => {
          const offsets = Array.from({ length: count }, (_, n) => first + n);
          expect(isDense(rows(offsets), first)).toBe(true);
          expect(isDense(rows(offsets.toSpliced(at % (count - 1), 1)), first)).toBe(false);
        },
      ),
    );
  });
});
