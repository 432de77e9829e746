import { beforeEach, expect, it } from '@jest/globals';
import { GatheredMetrics } from '../../../src/entry/metrics/gathered-metrics.js';

let lines: Record<string, unknown>[];
let now: number;
let metrics: GatheredMetrics;

beforeEach(() => {
  lines = [];
  now = 1_795_240_000_000;
  metrics = new GatheredMetrics({
    namespace: 'Switchboard/chat-live',
    stage: 'live',
    write: (line) => lines.push(line as Record<string, unknown>),
    now: () => now,
  });
});

it('writes a line that CloudWatch makes metrics of, with no dimension but the stage', () => {
  metrics.add({ Frames: 1, FrameTime: 34 });

  expect(lines).toEqual([
    {
      _aws: {
        Timestamp: 1_795_240_000_000,
        CloudWatchMetrics: [
          {
            Namespace: 'Switchboard/chat-live',
            Dimensions: [['stage']],
            Metrics: [
              { Name: 'Frames', Unit: 'Count' },
              { Name: 'FrameTime', Unit: 'Milliseconds' },
            ],
          },
        ],
      },
      stage: 'live',
      Frames: [1],
      FrameTime: [34],
    },
  ]);
});

it('gathers later numbers: counts as sums, times one by one', () => {
  for (const time of [10, 20, 30, 40]) {
    metrics.add({ Frames: 1, FrameTime: time });
    now += 1_000;
  }
  now += 10_000;
  metrics.add({ Frames: 1, FrameTime: 50 });

  expect(lines.map(({ Frames, FrameTime }) => ({ Frames, FrameTime }))).toEqual([
    { Frames: [1], FrameTime: [10] },
    { Frames: [3], FrameTime: [20, 30, 40] },
    { Frames: [1], FrameTime: [50] },
  ]);
});

it('gives numbers of a frozen instance the time when they were gathered', () => {
  metrics.add({ Frames: 1 });
  now += 1_000;
  metrics.add({ Frames: 1 });
  const gatheredAt = now;
  now += 3 * 3_600_000;
  metrics.add({ Frames: 1 });

  expect(lines.map(({ _aws }) => (_aws as { Timestamp: number }).Timestamp)).toEqual([
    1_795_240_000_000,
    gatheredAt,
    now,
  ]);
});

it('never puts more than a hundred values of a metric into a line', () => {
  for (let frame = 0; frame <= 250; frame += 1) metrics.add({ Frames: 1, FrameTime: frame });
  now += 10_000;
  metrics.add({ Frames: 1 });

  const times = lines.flatMap(({ FrameTime }) => FrameTime ?? []);
  expect(Math.max(...lines.map(({ FrameTime }) => (FrameTime as number[] | undefined)?.length ?? 0))).toBe(
    100,
  );
  expect(times).toEqual(Array.from({ length: 251 }, (_, time) => time));
});

it('writes nothing without numbers', () => {
  metrics.add({});

  expect(lines).toEqual([]);
});
