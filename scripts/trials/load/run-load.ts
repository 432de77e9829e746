import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { LoadRoom } from './load-room.js';
import type { Plan } from './plan.js';
import { type Summary, type TimeKind, Times } from './times.js';

export interface Report {
  readonly url: string;
  readonly at: string;
  readonly plan: Plan;
  readonly connected: number;
  readonly published: number;
  readonly lost: number;
  readonly doubled: number;
  readonly disordered: number;
  /** How often each error occurred. */
  readonly errors: Readonly<Record<string, number>>;
  readonly times: Readonly<Record<TimeKind, Summary>>;
}

/** How many connections may be opening at a time. */
const LANES = 16;
/** A message that has not arrived after this time is lost: the client library fills a gap within a ping's interval. */
const PATIENCE_MS = 270_000;

export type Progress = (phase: string, done: number, total: number) => void;

/** Connects, publishes at the rate, waits for outstanding messages, and reports the missing ones. */
export const runLoad = async (
  url: string,
  plan: Plan,
  progress: Progress,
  token?: string,
  patienceMs = PATIENCE_MS,
): Promise<Report> => {
  const mark = randomBytes(4).toString('hex');
  const times = new Times();
  const errors: Record<string, number> = {};
  const fail = (reason: string) => {
    errors[reason] = (errors[reason] ?? 0) + 1;
  };
  const rooms = Array.from(
    { length: plan.rooms },
    (_, index) => new LoadRoom(url, `load-${mark}-${index}`, times, fail),
  );
  const sum = (of: (room: LoadRoom) => number) => rooms.reduce((total, room) => total + of(room), 0);

  await paced(plan.connections, plan.opening, LANES, (index) => {
    progress('connecting', index + 1, plan.connections);
    const identity = token === undefined ? { userId: `load-${mark}-${index}` } : { token: () => token };
    return (rooms[index % plan.rooms] as LoadRoom).admit(identity);
  });
  const publications = Math.ceil(plan.rate * plan.seconds);
  await paced(publications, plan.rate, publications, (index) => {
    progress('publishing', index + 1, publications);
    return (rooms[index % plan.rooms] as LoadRoom).publish();
  });
  const deadline = Date.now() + patienceMs;
  while (sum(({ lost }) => lost) > 0 && Date.now() < deadline) {
    progress(
      'waiting',
      0,
      sum(({ lost }) => lost),
    );
    await sleep(200);
  }

  const report = {
    url,
    at: new Date().toISOString(),
    plan,
    connected: sum(({ members }) => members),
    published: sum(({ acked }) => acked),
    lost: sum(({ lost }) => lost),
    doubled: sum(({ doubled }) => doubled),
    disordered: sum(({ disordered }) => disordered),
    errors,
    times: times.summary(),
  };
  await Promise.all(rooms.map((room) => room.close()));
  return report;
};

/**
 * Starts `count` tasks at `rate` a second, at most `lanes` at once. It catches up after delays, so that the rate holds
 * on average.
 */
const paced = async (
  count: number,
  rate: number,
  lanes: number,
  work: (index: number) => Promise<void>,
): Promise<void> => {
  const startedAt = performance.now();
  const running = new Set<Promise<void>>();
  for (let index = 0; index < count; index += 1) {
    const early = startedAt + (index / rate) * 1_000 - performance.now();
    if (early > 1) await sleep(early);
    if (running.size >= lanes) await Promise.race(running);
    const one = work(index).finally(() => running.delete(one));
    running.add(one);
  }
  await Promise.all(running);
};
