import { expect, it } from '@jest/globals';
import { Pace } from '../../../../../src/adapters/api-gateway/posts/turns/pace.js';

/**
 * Posts to a token bucket at a distance of 8 ms, as fast as the pace allows, but not faster than `natural` (posts a
 * millisecond).
 */
const pushThrough = (
  quota: number,
  { natural = 15, burst = 100, posts = 10_000, pace = new Pace() } = {},
) => {
  const arriving: { at: number; id: string; begunAt: number; refused: boolean }[] = [];
  let now = 1_000_000;
  let tokens = burst;
  let [calls, refused, left, nextAt] = [0, 0, posts, now];
  const startedAt = now;
  for (; left > 0 || arriving.length > 0; now += 0.05) {
    tokens = Math.min(burst, tokens + 0.05 * quota);
    while (left > 0 && nextAt <= now && pace.wait(now) === 0) {
      pace.begin(now);
      nextAt = Math.max(nextAt + 1 / natural, now - 1);
      calls += 1;
      left -= 1;
      const taken = tokens >= 1;
      if (taken) tokens -= 1;
      arriving.push({ at: now + 8, id: `${calls}=`, begunAt: now, refused: !taken });
    }
    while (arriving[0] && arriving[0].at <= now) {
      const answer = arriving.shift() as (typeof arriving)[number];
      pace.answered(answer.id, answer.refused, answer.begunAt, now);
      if (answer.refused) {
        refused += 1;
        left += 1;
      }
    }
  }
  return { share: (now - startedAt) / ((posts - burst) / quota), wasted: refused / calls };
};

it.each([
  [5, 100],
  [5, 2_500],
  [1.5, 100],
  [10, 1_000],
])('finds a quota of %d a millisecond with a burst of %d, and wastes little', (quota, burst) => {
  const { share, wasted } = pushThrough(quota, { burst });

  expect(share).toBeLessThan(1.05);
  expect(wasted).toBeLessThan(0.1);
});

it('returns to full speed when the quota grows again', () => {
  const pace = new Pace();
  pushThrough(3, { pace });

  pushThrough(1_000, { pace, burst: 100_000, posts: 60_000 });

  expect(pace.wait(2_000_000)).toBe(0);
});

it('is not slowed down by clients that read slowly', () => {
  const pace = new Pace();
  for (let n = 0; n < 5_000; n += 1) {
    const at = 1_000_000 + n / 10;
    pace.begin(at);
    pace.answered(n % 100 === 0 ? `slow-${n % 3}=` : `${n}=`, n % 100 === 0, at, at + 8);
    expect(pace.wait(at)).toBe(0);
  }
});

it('is not slowed down by one client that reads slowly, even if there are few others', () => {
  const pace = new Pace();
  for (let n = 0; n < 1_000; n += 1) {
    const at = 1_000_000 + n;
    pace.begin(at);
    pace.answered(n % 4 === 0 ? 'slow=' : `${n}=`, n % 4 === 0, at, at + 8);
    expect([pace.limited, pace.wait(at)]).toEqual([false, 0]);
  }
});

it.each([500, 62.5, 4_000])(
  'never begins more than its share of %d posts a second, refused or not',
  (perSecond) => {
    const pace = new Pace(perSecond);
    const seconds = 20;
    let begun = 0;
    for (let now = 0; now < seconds * 1_000; now += 0.25) {
      while (pace.wait(now) === 0 && begun < 2 * seconds * perSecond) {
        pace.begin(now);
        begun += 1;
        // For a while, the quota is smaller than the share.
        const refused = now > 5_000 && now < 5_100 && begun % 2 === 0;
        pace.answered(`${begun}=`, refused, now, now);
      }
    }

    const most = seconds * perSecond;
    expect(begun).toBeLessThanOrEqual(most + 0.01 * perSecond + 1);
    expect(begun).toBeGreaterThan(most * 0.75);
  },
);
