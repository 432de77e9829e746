import { limitedFrames } from './limited-frames.js';

/** Sends frames at a fixed interval. Returns how many were sent until the client counted as abusive. */
export const framesUntilAbusive = async (everyMs: number, most: number): Promise<number | undefined> => {
  const { clock, next } = limitedFrames();
  for (let n = 0; n < most; n += 1) {
    if ((await next()).outcome === 'abusive') return n + 1;
    clock.advance(Math.floor((n + 1) * everyMs) - Math.floor(n * everyMs));
  }
  return undefined;
};
