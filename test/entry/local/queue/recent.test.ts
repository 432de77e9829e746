import { expect, it } from '@jest/globals';
import { Recent } from '../../../../src/entry/local/queue/recent.js';

it('keeps a value for its time, and no longer', () => {
  const recent = new Recent<string>(100);
  recent.put('a', 'first', 1_000);
  recent.put('constructor', 'second', 1_050);

  expect(recent.get('a', 1_099)).toBe('first');
  expect(recent.get('a', 1_100)).toBeUndefined();
  expect(recent.get('constructor', 1_100)).toBe('second');
  expect(recent.get('__proto__', 1_100)).toBeUndefined();
});

it('holds no more than was put in within its time, however much that was before', () => {
  const recent = new Recent<number>(100);
  for (let n = 0; n < 10_000; n += 1) recent.put(`key ${n}`, n, 1_000 + n);

  expect(recent.size).toBe(100);
});

it('starts anew when the clock is set back', () => {
  const recent = new Recent<number>(100);
  recent.put('a', 1, 1_000_000);

  expect(recent.get('a', 1_000)).toBeUndefined();
  recent.put('b', 2, 1_000);
  expect(recent.size).toBe(1);
});
