import { expect, it } from '@jest/globals';
import { InMemoryUsedTokens } from '../../src/adapters/in-memory/used-tokens.js';
import { usedTokensContract } from '../contracts/used-tokens.contract.js';
import { VirtualClock } from '../support/virtual-clock.js';

usedTokensContract('in memory', () => new InMemoryUsedTokens(new VirtualClock()));

it('in memory, an id is remembered until its expiry and forgotten some time after', async () => {
  const clock = new VirtualClock();
  const usedTokens = new InMemoryUsedTokens(clock);
  await usedTokens.use('ticket', clock.now() + 120_000);

  clock.advance(119_999);
  expect(await usedTokens.use('ticket', clock.now())).toBe(false);
  clock.advance(60_000);
  expect(await usedTokens.use('ticket', clock.now())).toBe(true);
});
