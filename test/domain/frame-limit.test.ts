import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type FrameLimiterState, judgeFrame } from '../../src/domain/frame-limit.js';

const START = 1_760_000_000_000;

/** Sends a frame every so many milliseconds; after how many it is found abusive. */
const framesUntilAbusive = (everyMs: number, frames: number): number | undefined => {
  let state: FrameLimiterState = {};
  for (let n = 0; n < frames; n += 1) {
    const judged = judgeFrame(state, START + Math.floor(n * everyMs));
    if (judged.verdict === 'abusive') return n + 1;
    state = judged.state;
  }
  return undefined;
};

describe('the frames of a connection', () => {
  it('are admitted at ten per second for two hours', () => {
    expect(framesUntilAbusive(100, 72_000)).toBeUndefined();
  });

  it('are no abuse at twice the rate for two hours', () => {
    expect(framesUntilAbusive(50, 144_000)).toBeUndefined();
  });

  it.each([
    ['at 30/s, within 12 seconds', 1000 / 30, 360],
    ['at 100/s, within 2 seconds', 10, 200],
    ['at 1,000/s, within a quarter of a second', 1, 250],
    ['all at once', 0, 121],
  ])('are abuse %s', (_, everyMs, most) => {
    expect(framesUntilAbusive(everyMs, 10_000)).toBeLessThanOrEqual(most);
  });

  it('are never abuse when the client waits for the named time', () => {
    let state: FrameLimiterState = {};
    let now = START;
    for (let n = 0; n < 10_000; n += 1) {
      const judged = judgeFrame(state, now);
      expect(judged.verdict).not.toBe('abusive');
      state = judged.state;
      now += judged.retryAfterMs;
    }
  });

  it('are limited with a time to wait, and admitted without one', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(200), { maxLength: 200 }), (pauses) => {
        let state: FrameLimiterState = {};
        let now = START;
        for (const pause of pauses) {
          now += pause;
          const judged = judgeFrame(state, now);
          expect(judged.retryAfterMs > 0).toBe(judged.verdict !== 'admitted');
          state = judged.state;
        }
      }),
    );
  });
});
