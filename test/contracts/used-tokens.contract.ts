import { beforeEach, describe, expect, it } from '@jest/globals';
import type { UsedTokens } from '../../src/application/ports/used-tokens.js';
import type { VirtualClock } from '../support/time/virtual-clock.js';

export interface TokenUsers {
  usedTokens: UsedTokens;
  /** The adapter of another process; with one process, the same. */
  other: UsedTokens;
  clock: VirtualClock;
  otherClock: VirtualClock;
}

/** `create` makes an empty world; its clock is between 2020 and 2100. */
export const usedTokensContract = (adapter: string, create: () => TokenUsers | Promise<TokenUsers>) =>
  describe(`UsedTokens: ${adapter}`, () => {
    const farAhead = Date.UTC(2100, 0, 1);
    const MINUTE_MS = 60_000;
    const DAY_MS = 86_400_000;
    let usedTokens: UsedTokens;
    let other: UsedTokens;
    let clock: VirtualClock;
    let otherClock: VirtualClock;

    beforeEach(async () => {
      ({ usedTokens, other, clock, otherClock } = await create());
    });

    it('is true exactly once for a token id', async () => {
      expect(await usedTokens.use('ticket', farAhead)).toBe(true);
      expect(await usedTokens.use('ticket', farAhead)).toBe(false);
      expect(await usedTokens.use('ticket', farAhead + 1)).toBe(false);
    });

    it('is true exactly once for a hundred simultaneous callers', async () => {
      const answers = await Promise.all(
        Array.from({ length: 100 }, () => usedTokens.use('ticket', farAhead)),
      );

      expect(answers.filter(Boolean)).toHaveLength(1);
    });

    it('is remembered until its expiry', async () => {
      const expiresAt = clock.now() + 10 * MINUTE_MS;
      expect(await usedTokens.use('ticket', expiresAt)).toBe(true);

      for (let minute = 0; minute < 10; minute += 1) {
        clock.advance(MINUTE_MS);
        expect(await usedTokens.use('ticket', expiresAt)).toBe(false);
      }
    });

    it.each([-8 * DAY_MS, -MINUTE_MS, MINUTE_MS, 8 * DAY_MS])(
      'is remembered while the token lasts by the clock of a process that is %i ms off',
      async (off) => {
        otherClock.advance(off);
        const expiresAt = Math.max(clock.now(), otherClock.now()) + MINUTE_MS;

        expect(await usedTokens.use('ticket', expiresAt)).toBe(true);
        expect(await other.use('ticket', expiresAt)).toBe(false);
        expect(await other.use('else', expiresAt)).toBe(true);
        expect(await usedTokens.use('else', expiresAt)).toBe(false);
      },
    );

    it.each([-DAY_MS, DAY_MS])('is remembered when the clock steps by %i ms and back', async (step) => {
      const expiresAt = clock.now() + 5 * MINUTE_MS;
      await usedTokens.use('ticket', expiresAt);

      clock.advance(step);
      await usedTokens.use('meanwhile', clock.now() + MINUTE_MS);
      clock.advance(-step);

      expect(await usedTokens.use('ticket', expiresAt)).toBe(false);
      clock.advance(2 * MINUTE_MS);
      await usedTokens.use('later', expiresAt);
      expect(await usedTokens.use('ticket', expiresAt)).toBe(false);
    });

    it('is true once for each of several similar ids', async () => {
      const ids = ['a', 'A', 'a#b', 'a b', '__proto__', 'JTI#a', '"', 'a'.repeat(255), 'a'.repeat(256)];

      const answers = await Promise.all(ids.map((id) => usedTokens.use(id, farAhead)));

      expect(answers).toEqual(ids.map(() => true));
    });
  });
