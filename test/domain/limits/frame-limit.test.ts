import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { framesUntilAbusive } from './frames-until-abusive.js';
import { limitedFrames } from './limited-frames.js';

/** Two hours follow in `frame-limit.long.test.ts`. */
describe('the frames of a connection', () => {
  it('are admitted at ten per second for ten minutes', async () => {
    expect(await framesUntilAbusive(100, 6_000)).toBeUndefined();
  });

  it('may come twice as fast for ten minutes without being abuse', async () => {
    expect(await framesUntilAbusive(50, 12_000)).toBeUndefined();
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
    const { clock, next } = limitedFrames();
    for (let n = 0; n < 10_000; n += 1) {
      const { outcome, retryAfterMs } = await next();
      expect(outcome).not.toBe('abusive');
      clock.advance(retryAfterMs);
    }
  });

  it('are found limited with a time to wait, and admitted without', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(200), { maxLength: 200 }), async (pauses) => {
        const { clock, next } = limitedFrames();
        for (const pause of pauses) {
          clock.advance(pause);
          const { outcome, retryAfterMs } = await next();
          expect(retryAfterMs > 0).toBe(outcome !== 'admitted');
        }
      }),
    );
  });
});
