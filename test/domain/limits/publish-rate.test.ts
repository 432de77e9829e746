import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { publishRateFor } from '../../../src/domain/limits/publish-rate.js';

const members = fc.nat(1_000_000);

describe('the publish rate of a room', () => {
  it.each([
    [0, 100],
    [1, 100],
    [20, 100],
    [100, 20],
    [1_000, 2],
    [20_000, 0.1],
    [1_000_000, 0.1],
  ])('with %i members is %d per second', (count, perSecond) => {
    expect(publishRateFor(count).perSecond).toBe(perSecond);
  });

  it('never rises with the number of members', () => {
    fc.assert(
      fc.property(members, fc.nat(1000), (count, more) => {
        expect(publishRateFor(count + more).perSecond).toBeLessThanOrEqual(publishRateFor(count).perSecond);
      }),
    );
  });

  it('costs at most 2,000 deliveries per second, up to 20,000 members', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), (count) => {
        expect(publishRateFor(count).perSecond * count).toBeLessThanOrEqual(2000 + 1e-6);
      }),
    );
  });

  it('always admits one publication in ten seconds', () => {
    fc.assert(
      fc.property(members, (count) => {
        const { perSecond, burst } = publishRateFor(count);
        expect(perSecond).toBeGreaterThanOrEqual(0.1);
        expect(Number.isInteger(burst) && burst >= 1).toBe(true);
      }),
    );
  });
});
