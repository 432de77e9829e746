import { beforeEach, describe, expect, it } from '@jest/globals';
import type { RateLimiter } from '../../../src/application/ports/rate-limiter.js';
import type { VirtualClock } from '../../support/time/virtual-clock.js';
import { admitted, all, type Limiters } from './rate-limiter.contract.js';

/** `create` makes an empty world in which a connection may send 10 frames a second and 20 at once. */
export const rateLimiterCountsContract = (adapter: string, create: () => Limiters | Promise<Limiters>) =>
  describe(`RateLimiter, counts: ${adapter}`, () => {
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

    it('counts the frames of all connections of a user together: five connections may be busy at once', async () => {
      const verdicts = await all(20, (n) => all(20, () => (n % 2 ? limiter : other).frame(`${n}=`, 'alice')));

      expect(admitted(verdicts.flat())).toBe(100);
      expect((await limiter.frame('bob=', 'bob')).outcome).toBe('admitted');
    });

    it('reports no waiting connection as abusive, however many its user has', async () => {
      for (let second = 0; second < 30; second += 1) {
        const verdicts = await all(12, (n) => all(10, () => limiter.frame(`${n}=`, 'alice')));
        expect(verdicts.flat().filter(({ outcome }) => outcome === 'abusive')).toEqual([]);
        for (const { outcome, retryAfterMs } of verdicts.flat())
          if (outcome === 'limited') expect(retryAfterMs).toBeGreaterThanOrEqual(100);
        pass(1_000);
      }
    });

    it('counts a user, a room and a connection of the same name separately', async () => {
      await all(300, () => limiter.frame('same', 'same'));
      await all(300, () => limiter.publication('same', 1));

      expect((await limiter.connect('same')).outcome).toBe('admitted');
      expect((await limiter.notice('same', 1)).outcome).toBe('admitted');
      expect((await limiter.frame('other', 'same')).outcome).toBe('admitted');
      expect((await limiter.frame('same', 'other')).outcome).not.toBe('admitted');
    });

    it('admits three connects for each connection of a user at once, then one a second', async () => {
      const verdicts = await all(50, (n) => (n % 2 ? limiter : other).connect('alice'));

      expect(admitted(verdicts)).toBe(3 * limiter.connectionsPerUser);
      expect((await limiter.connect('bob')).outcome).toBe('admitted');
      pass(1_000);
      expect((await limiter.connect('alice')).outcome).toBe('admitted');
      expect((await limiter.connect('alice')).outcome).toBe('limited');
    });

    it('admits one look at a user’s connections in ten seconds', async () => {
      expect(admitted(await all(20, (n) => (n % 2 ? limiter : other).probe('alice')))).toBe(1);
      pass(9_999);
      expect((await other.probe('alice')).outcome).toBe('limited');
      pass(1);
      expect((await other.probe('alice')).outcome).toBe('admitted');
    });

    it.each([
      [2, 100],
      [10, 20],
      [100, 2],
      [500, 1],
    ])('admits notices to %i members %i times at once, and says which is the last', async (pushes, most) => {
      const outcomes: string[] = [];
      for (let n = 0; n < most + 5; n += 1)
        outcomes.push((await (n % 2 ? limiter : other).notice('lobby', pushes)).outcome);

      expect(outcomes).toEqual([...Array(most - 1).fill('admitted'), 'last', ...Array(5).fill('limited')]);
      pass(1_000);
      expect((await limiter.notice('lobby', pushes)).outcome).not.toBe('limited');
    });
  });
