import { beforeEach, describe, expect, it } from '@jest/globals';
import type { LimitReset, RateLimiter } from '../../../src/application/ports/rate-limiter.js';
import type { VirtualClock } from '../../support/time/virtual-clock.js';
import { all, type Limiters } from './rate-limiter.contract.js';

/** `create` makes an empty world in which a connection may send 10 frames a second and 20 at once. */
export const rateLimiterClocksContract = (adapter: string, create: () => Limiters | Promise<Limiters>) =>
  describe(`RateLimiter, clocks: ${adapter}`, () => {
    let limiter: RateLimiter;
    let other: RateLimiter;
    let clock: VirtualClock;
    let otherClock: VirtualClock;
    let resets: LimitReset[];
    const pass = (ms: number) => {
      for (const one of new Set([clock, otherClock])) one.advance(ms);
    };
    /** How long a client waits if it follows each `retryAfterMs`, but asks at most ten times a second. */
    const refusedFor = async (ask: () => Promise<{ outcome: string; retryAfterMs: number }>) => {
      for (let ms = 0; ms < 200_000; ms += 100) {
        const { outcome } = await ask();
        expect(outcome).not.toBe('abusive');
        if (outcome === 'admitted') return ms;
        pass(100);
      }
      throw new Error('It was refused for ever');
    };
    const REACH_MS = 2_000;
    const SKEW_MS = 60_000;

    beforeEach(async () => {
      ({ limiter, other, clock, otherClock, resets } = await create());
    });

    it.each([0, 1_000, 30_000, SKEW_MS, 3_600_000, 8 * 86_400_000])(
      'refuses for at most a minute and its reach when the clock jumps back by %i ms',
      async (back) => {
        await all(30, () => limiter.frame('c=', 'alice'));

        pass(-back);

        expect(await refusedFor(() => limiter.frame('c=', 'alice'))).toBeLessThanOrEqual(SKEW_MS + REACH_MS);
      },
    );

    it.each([-8 * 86_400_000, -3_600_000, -SKEW_MS, SKEW_MS, 3_600_000, 8 * 86_400_000])(
      'refuses for no longer than that when another clock is %i ms ahead',
      async (ahead) => {
        otherClock.advance(ahead);
        await all(30, () => other.frame('c=', 'alice'));
        if (otherClock === clock) clock.advance(-ahead);

        expect(await refusedFor(() => limiter.frame('c=', 'alice'))).toBeLessThanOrEqual(SKEW_MS + REACH_MS);
      },
    );

    it('begins anew once, and reports it, if a number is too far ahead', async () => {
      otherClock.advance(8 * 86_400_000);
      await other.frame('c=', 'alice');
      if (otherClock === clock) clock.advance(-8 * 86_400_000);

      for (let n = 0; n < 3; n += 1) expect((await limiter.frame('c=', 'alice')).outcome).toBe('admitted');

      expect(resets).toEqual([
        { limit: 'frames', aheadMs: expect.any(Number) },
        { limit: 'frames', aheadMs: expect.any(Number) },
      ]);
      expect(resets[0]?.aheadMs).toBeGreaterThan(7 * 86_400_000);
    });

    it.each([1_000, 20_000, SKEW_MS])(
      'admits, with two clocks that are %i ms apart, at most its burst and its rate for that much longer',
      async (skew) => {
        otherClock.advance(skew);
        const seconds = 5;
        let count = 0;
        for (let ms = 0; ms < seconds * 1_000; ms += 50) {
          for (const one of [limiter, other])
            for (let n = 0; n < 3; n += 1)
              if ((await one.frame('c=', 'alice')).outcome === 'admitted') count += 1;
          pass(50);
        }

        expect(count).toBeLessThanOrEqual(20 + 10 * (seconds + skew / 1_000));
        expect(resets).toEqual([]);
      },
    );

    it('reports no waiting client as abusive, even if a clock that is ahead also refused it', async () => {
      otherClock.advance(20_000);
      await all(25, () => other.frame('c=', 'alice'));

      expect(await refusedFor(() => limiter.frame('c=', 'alice'))).toBeLessThanOrEqual(20_000 + 2 * REACH_MS);
    });

    it('forgets no count when the clock steps ahead and back by less than a minute', async () => {
      await all(20, () => limiter.frame('c=', 'alice'));
      pass(1_000);
      pass(-1_000);

      expect((await limiter.frame('c=', 'alice')).outcome).toBe('limited');
    });
  });
