import { expect, it } from '@jest/globals';
import { PushAttempts } from '../../../src/adapters/api-gateway/push-attempts.js';

const answer = (status: number) => ({ status, tookMs: 8, rawHeaders: [] });
const NOTHING_ELSE = { accepted: 0, refused: 0 };

it('gives a slow reader up after three refusals while the others are accepted', () => {
  const attempts = new PushAttempts();
  const others = { accepted: 50, refused: 0 };

  expect(attempts.after(answer(429), others)).toHaveProperty('pauseMs');
  expect(attempts.after(answer(429), others)).toHaveProperty('pauseMs');
  expect(attempts.after(answer(429), others)).toEqual({ outcome: 'failed' });
});

it('keeps trying while most of the others are refused as well', () => {
  const attempts = new PushAttempts();

  for (let n = 0; n < 20; n += 1)
    expect(attempts.after(answer(429), { accepted: 10, refused: 90 })).toHaveProperty('pauseMs');
});

it('finds the slow reader also while a few of the others are refused', () => {
  const attempts = new PushAttempts();
  let tries = 1;
  while (tries < 9 && !('outcome' in attempts.after(answer(429), { accepted: 95, refused: 5 }))) tries += 1;

  expect(tries).toBeGreaterThan(3);
  expect(tries).toBeLessThan(8);
});

it('does not mistake bad luck for a slow reader while the account is throttled', () => {
  const attempts = new PushAttempts();
  const others = { accepted: 5, refused: 0, throttled: true };

  for (let n = 0; n < 5; n += 1) expect(attempts.after(answer(429), others)).toHaveProperty('pauseMs');
});

it('tries three times after faults, with longer and longer pauses', () => {
  const attempts = new PushAttempts(() => 1);

  expect(attempts.after({ error: new Error('reset') }, NOTHING_ELSE)).toEqual({ pauseMs: 50 });
  expect(attempts.after(answer(503), NOTHING_ELSE)).toEqual({ pauseMs: 100 });
  expect(attempts.after(answer(500), NOTHING_ELSE)).toEqual({ outcome: 'failed' });
});

it.each([
  [200, 'delivered'],
  [410, 'gone'],
  [400, 'gone'],
  [403, 'failed'],
  [413, 'failed'],
])('treats %i as %s at once', (status, outcome) => {
  expect(new PushAttempts().after(answer(status), NOTHING_ELSE)).toEqual({ outcome });
});
