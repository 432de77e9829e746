import { beforeEach, describe, expect, it } from '@jest/globals';
import type { UsedTokens } from '../../src/application/ports/used-tokens.js';

/** `create` makes an empty world; its clock is between 2020 and 2100. */
export const usedTokensContract = (adapter: string, create: () => UsedTokens | Promise<UsedTokens>) =>
  describe(`UsedTokens: ${adapter}`, () => {
    const farAhead = Date.UTC(2100, 0, 1);
    let usedTokens: UsedTokens;

    beforeEach(async () => {
      usedTokens = await create();
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

    it('is true once for each of several similar ids', async () => {
      const ids = ['a', 'A', 'a#b', 'a b', '__proto__', 'JTI#a', '"', 'a'.repeat(255), 'a'.repeat(256)];

      const answers = await Promise.all(ids.map((id) => usedTokens.use(id, farAhead)));

      expect(answers).toEqual(ids.map(() => true));
    });
  });
