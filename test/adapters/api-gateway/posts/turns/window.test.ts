import { expect, it } from '@jest/globals';
import { Window } from '../../../../../src/adapters/api-gateway/posts/turns/window.js';

const answers = (window: Window, count: number, tookMs: (inFlight: number) => number, wanted = true) => {
  for (let n = 0; n < count; n += 1) window.answered(tookMs(window.size), wanted);
  return window.size;
};

it('grows to the largest size while answers stay fast', () => {
  expect(answers(new Window(256), 10_000, () => 8)).toBe(256);
});

it('stops growing when answers get slower, since the processor is busy', () => {
  // The process can do at most 16 posts a millisecond.
  const size = answers(new Window(256), 10_000, (inFlight) => Math.max(8, inFlight / 16));

  expect(size).toBeGreaterThan(120);
  expect(size).toBeLessThan(256);
});

it('halves once for simultaneous posts without an answer, and grows again', () => {
  const window = new Window(256);
  answers(window, 10_000, () => 8);

  for (let n = 0; n < 100; n += 1) window.failed(1_000, 3_000);
  expect(window.size).toBe(128);
  for (let at = 4_000; at < 20_000; at += 1_000) window.failed(at, at);
  expect(window.size).toBe(8);

  expect(answers(window, 10_000, () => 8)).toBe(256);
});

it('stays small if no more is needed, and never exceeds its limit', () => {
  expect(answers(new Window(256), 10_000, () => 8, false)).toBe(32);
  expect(answers(new Window(4), 10_000, () => 8)).toBe(4);
});
