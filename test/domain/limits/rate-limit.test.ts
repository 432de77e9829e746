import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { admit, type RateLimit } from '../../../src/domain/limits/rate-limit.js';

const START = 1_760_000_000_000;
const limit: fc.Arbitrary<RateLimit> = fc.record({
  perSecond: fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.double({ min: 0.05, max: 1000, noNaN: true })),
  burst: fc.integer({ min: 1, max: 200 }),
});

/** The times at which requests after these pauses were admitted. */
const admittedAt = (rate: RateLimit, pauses: number[]): number[] => {
  let state: number | undefined;
  let now = START;
  return pauses.flatMap((pause) => {
    now += pause;
    const admission = admit(state, now, rate);
    state = admission.state;
    return admission.admitted ? [now] : [];
  });
};

describe('a rate limit', () => {
  it('admits the burst at once, then one request per interval', () => {
    const rate = { perSecond: 10, burst: 20 };

    expect(admittedAt(rate, Array(50).fill(0))).toHaveLength(20);
    expect(admittedAt(rate, [...Array(50).fill(0), 99])).toHaveLength(20);
    expect(admittedAt(rate, [...Array(50).fill(0), 100])).toHaveLength(21);
    expect(admittedAt(rate, [...Array(50).fill(0), 2000, ...Array(50).fill(0)])).toHaveLength(40);
  });

  it('never admits more than burst + rate · t in any window t', () => {
    fc.assert(
      fc.property(limit, fc.array(fc.nat(400), { minLength: 1, maxLength: 300 }), (rate, pauses) => {
        const times = admittedAt(rate, pauses);
        for (const [first, from] of times.entries()) {
          for (let last = first; last < times.length; last += 1) {
            const seconds = ((times[last] as number) - from) / 1000;
            expect(last - first + 1).toBeLessThanOrEqual(rate.burst + rate.perSecond * seconds + 1e-9);
          }
        }
      }),
    );
  });

  it('rounds to the safe side when its interval is not a whole number of microseconds', () => {
    const rate = { perSecond: 400_000, burst: 1000 };
    const tenMilliseconds = Array.from({ length: 10 }, () => [1, ...Array(999).fill(0)]).flat();

    expect(admittedAt(rate, [...Array(1000).fill(0), ...tenMilliseconds]).length).toBeLessThanOrEqual(
      1000 + 4000,
    );
  });

  it('always admits requests at its rate', () => {
    fc.assert(
      fc.property(limit, fc.integer({ min: 1, max: 200 }), (rate, requests) => {
        const pause = Math.ceil(1000 / rate.perSecond);
        expect(admittedAt(rate, Array(requests).fill(pause))).toHaveLength(requests);
      }),
    );
  });

  it('admits after the time it names, and not a millisecond earlier', () => {
    fc.assert(
      fc.property(limit, fc.array(fc.nat(50), { maxLength: 300 }), (rate, pauses) => {
        let state: number | undefined;
        let now = START;
        for (const pause of pauses) {
          now += pause;
          const { admitted, retryAfterMs, state: next } = admit(state, now, rate);
          state = next;
          expect(retryAfterMs > 0).toBe(!admitted);
          if (admitted) continue;
          expect(admit(state, now + retryAfterMs, rate).admitted).toBe(true);
          expect(admit(state, now + retryAfterMs - 1, rate).admitted).toBe(false);
        }
      }),
    );
  });

  it('keeps one whole number, which JSON and any store return unchanged', () => {
    fc.assert(
      fc.property(limit, fc.nat(100_000), (rate, ahead) => {
        expect(Number.isSafeInteger(admit(undefined, START + ahead, rate).state)).toBe(true);
      }),
    );
  });

  it('admits no more when the clock jumps, and refuses for at most a minute and its reach', () => {
    const times = fc.array(fc.nat(60_000), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(limit, times, (rate, moments) => {
        const jumps = moments.map((moment, n) => moment - (moments[n - 1] ?? 0));
        const spanMs = Math.max(...moments) - Math.min(...moments);
        expect(admittedAt(rate, jumps).length).toBeLessThanOrEqual(
          rate.burst + (rate.perSecond * spanMs) / 1000 + 1e-9,
        );
      }),
    );
    fc.assert(
      fc.property(limit, fc.nat(10_000_000), (rate, back) => {
        const { state } = admit(undefined, START, rate);
        expect(admit(state, START - back, rate).retryAfterMs).toBeLessThanOrEqual(
          60_000 + Math.ceil((rate.burst * 1000) / rate.perSecond) + 1,
        );
      }),
    );
  });

  it('locks no client out when it is lowered', () => {
    let state: number | undefined;
    for (let n = 0; n < 1000; n += 1) state = admit(state, START, { perSecond: 1, burst: 1000 }).state;

    expect(admit(state, START, { perSecond: 10, burst: 5 })).toMatchObject({ admitted: true });
  });
});
