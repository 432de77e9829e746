import { describe, expect, it } from '@jest/globals';
import { IntervalLimit } from '../../../src/domain/limits/interval-limit.js';

describe('Once in ten seconds', () => {
  it('admits each key after ten seconds, and not before', () => {
    const once = new IntervalLimit(10_000);
    const times = [0, 9_999, 10_000, 19_999, 20_000];

    expect(times.map((now) => once.take('alice', now))).toEqual([true, false, true, false, true]);
    expect(once.take('bob', 20_001)).toBe(true);
  });

  it('admits again after a clock was set back', () => {
    const once = new IntervalLimit(10_000);
    once.take('alice', 3_600_000);

    expect(once.take('alice', 0)).toBe(true);
    expect(once.take('alice', 1)).toBe(false);
  });

  it('forgets the least recently used keys, and keeps to its size', () => {
    const once = new IntervalLimit(10_000, 2);
    for (const key of ['alice', 'bob', 'carol']) once.take(key, 0);

    expect(once.take('carol', 1)).toBe(false);
    expect(once.take('bob', 1)).toBe(false);
    expect(once.take('alice', 1)).toBe(true);
  });
});
