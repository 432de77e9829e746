import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InMemoryCounters } from '../../../src/adapters/in-memory/counters.js';
import { CountingRateLimiter } from '../../../src/domain/limits/counting-rate-limiter.js';
import { FRAME_LIMIT } from '../../../src/domain/limits/frame-limit.js';
import { VirtualClock } from '../../support/time/virtual-clock.js';

const frames = () => {
  const clock = new VirtualClock();
  const limiter = new CountingRateLimiter(new InMemoryCounters(clock), FRAME_LIMIT, 10);
  return { clock, next: () => limiter.frame('c=', 'alice') };
};

/** Sends a frame every so many milliseconds; after how many it is found abusive. */
const framesUntilAbusive = async (everyMs: number, most: number): Promise<number | undefined> => {
  const { clock, next } = frames();
  for (let n = 0; n < most; n += 1) {
    if ((await next()).outcome === 'abusive') return n + 1;
    clock.advance(Math.floor((n + 1) * everyMs) - Math.floor(n * everyMs));
  }
  return undefined;
};

describe('the frames of a connection', () => {
  it('are admitted at ten per second for two hours', async () => {
    expect(await framesUntilAbusive(100, 72_000)).toBeUndefined();
  });

  it('may come twice as fast for two hours without being abuse', async () => {
    expect(await framesUntilAbusive(50, 144_000)).toBeUndefined();
  });

  it.each([
    ['at 30/s, within 12 seconds', 1000 / 30, 360],
    ['at 100/s, within 2 seconds', 10, 200],
    ['at 1,000/s, within a quarter of a second', 1, 250],
    ['all at once', 0, 121],
  ])('are abuse %s', async (_, everyMs, most) => {
    expect(await framesUntilAbusive(everyMs, 10_000)).toBeLessThanOrEqual(most);
  });

  it('are never abuse if the client waits as long as it is told', async () => {
    const { clock, next } = frames();
    for (let n = 0; n < 10_000; n += 1) {
      const { outcome, retryAfterMs } = await next();
      expect(outcome).not.toBe('abusive');
      clock.advance(retryAfterMs);
    }
  });

  it('are found limited with a time to wait, and admitted without', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(200), { maxLength: 200 }), async (pauses) => {
        const { clock, next } = frames();
        for (const pause of pauses) {
          clock.advance(pause);
          const { outcome, retryAfterMs } = await next();
          expect(retryAfterMs > 0).toBe(outcome !== 'admitted');
        }
      }),
    );
  });
});
