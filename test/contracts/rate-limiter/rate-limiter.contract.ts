import { beforeEach, describe, expect, it } from '@jest/globals';
import type { LimitReset, RateLimiter } from '../../../src/application/ports/rate-limiter.js';
import type { VirtualClock } from '../../support/time/virtual-clock.js';

export interface Limiters {
  limiter: RateLimiter;
  /** The limiter of another process. */
  other: RateLimiter;
  clock: VirtualClock;
  /** The clock of the other process; with one process, the same. */
  otherClock: VirtualClock;
  /** The counters that began anew in either process. */
  resets: LimitReset[];
}

export const all = <T>(count: number, ask: (n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => ask(n)));

export const admitted = (verdicts: readonly { outcome: string }[]): number =>
  verdicts.filter(({ outcome }) => outcome === 'admitted').length;

/** `create` makes an empty world in which a connection may send 10 frames a second and 20 at once. */
export const rateLimiterContract = (adapter: string, create: () => Limiters | Promise<Limiters>) =>
  describe(`RateLimiter: ${adapter}`, () => {
    let limiter: RateLimiter;
    let other: RateLimiter;
    let clock: VirtualClock;
    let otherClock: VirtualClock;
    const pass = (ms: number) => {
      for (const one of new Set([clock, otherClock])) one.advance(ms);
    };
    beforeEach(async () => {
      ({ limiter, other, clock, otherClock } = await create());
    });

    it('admits exactly the burst at once', async () => {
      expect(admitted(await all(30, () => limiter.frame('c=', 'alice')))).toBe(20);
    });

    it('admits exactly the burst one after the other', async () => {
      let count = 0;
      for (let n = 0; n < 30; n += 1)
        if ((await limiter.frame('c=', 'alice')).outcome === 'admitted') count += 1;

      expect(count).toBe(20);
    });

    it('admits the sustained rate after the burst', async () => {
      await all(20, () => limiter.frame('c=', 'alice'));

      let count = 0;
      for (let ms = 0; ms < 1_000; ms += 25) {
        clock.advance(25);
        if ((await limiter.frame('c=', 'alice')).outcome === 'admitted') count += 1;
      }

      expect(count).toBe(10);
    });

    it('admits the burst again after a rest', async () => {
      await all(20, () => limiter.frame('c=', 'alice'));
      clock.advance(2_000);

      expect(admitted(await all(30, () => limiter.frame('c=', 'alice')))).toBe(20);
    });

    it('says when to try again, and admits a client that does', async () => {
      await all(20, () => limiter.frame('c=', 'alice'));

      for (let n = 0; n < 10; n += 1) {
        const { outcome, retryAfterMs } = await limiter.frame('c=', 'alice');
        expect(outcome).toBe('limited');
        expect(retryAfterMs).toBeGreaterThan(0);
        expect(retryAfterMs).toBeLessThanOrEqual(100);
        clock.advance(retryAfterMs);
        expect(await limiter.frame('c=', 'alice')).toEqual({ outcome: 'admitted', retryAfterMs: 0 });
      }
    });

    it('reports a connection with a hundred refusals at once as abusive', async () => {
      const verdicts = await all(130, () => limiter.frame('c=', 'alice'));

      const abusive = verdicts.filter(({ outcome }) => outcome === 'abusive');
      expect(admitted(verdicts)).toBe(20);
      expect(abusive).toHaveLength(10);
      expect(abusive[0]?.retryAfterMs).toBeGreaterThan(0);
    });

    it('reports no client that waits for the named time as abusive', async () => {
      await all(20, () => limiter.frame('c=', 'alice'));
      for (let n = 0; n < 60; n += 1) {
        const { outcome, retryAfterMs } = await limiter.frame('c=', 'alice');
        expect(outcome).not.toBe('abusive');
        clock.advance(retryAfterMs);
      }
    });

    it('counts every connection separately', async () => {
      await all(50, () => limiter.frame('flood=', 'alice'));

      expect(admitted(await all(30, () => limiter.frame('calm=', 'alice')))).toBe(20);
    });

    it('includes the counts of another process', async () => {
      const verdicts = await all(30, (n) => (n % 2 ? limiter : other).frame('c=', 'alice'));
      expect(admitted(verdicts)).toBe(20);

      expect((await other.frame('c=', 'alice')).outcome).toBe('limited');
      pass(100);
      expect((await other.frame('c=', 'alice')).outcome).toBe('admitted');
      expect((await limiter.frame('c=', 'alice')).outcome).toBe('limited');
    });

    it.each([
      [20, 100],
      [100, 20],
      [1_000, 2],
      [20_000, 1],
    ])('admits to a room of %i members %i publications at once', async (members, most) => {
      const verdicts = await all(most + 5, (n) => (n % 2 ? limiter : other).publication('lobby', members));

      expect(admitted(verdicts)).toBe(most);
    });

    it.each([
      [20, 100, 10],
      [100, 1_000, 20],
      [1_000, 5_000, 10],
      [20_000, 50_000, 5],
    ])(
      'admits, in a room of %i members with waiting clients, in %i ms %i publications',
      async (members, ms, most) => {
        await all(100, () => limiter.publication('lobby', members));
        const end = clock.now() + ms;

        let count = 0;
        while (clock.now() < end) {
          const { outcome, retryAfterMs } = await limiter.publication('lobby', members);
          if (outcome === 'admitted') count += 1;
          clock.advance(Math.max(1, Math.min(retryAfterMs, end - clock.now())));
        }

        expect(count).toBeGreaterThanOrEqual(most - 1);
        expect(count).toBeLessThanOrEqual(most + 1);
      },
    );

    it('counts every room separately, and frames apart from publications', async () => {
      await all(30, () => limiter.publication('flood', 100));

      expect(admitted(await all(30, () => limiter.publication('calm', 100)))).toBe(20);
      expect((await limiter.frame('flood', 'alice')).outcome).toBe('admitted');
    });
  });
