import { type FrameKind, Frames } from '../frames/frames.js';
import type { BenchProcesses } from '../processes/bench-processes.js';
import { Helper } from '../processes/helper.js';
import { progress } from '../progress.js';
import type { ResultRow } from '../result-row.js';
import type { Scale } from '../scale.js';
import { spread } from '../spread.js';
import { benchOnDynamoDB, benchOnMySql, type OnStore } from './on-store.js';

/** Frames of one kind in each round; few, because MySQL's durable writes are slow. */
const MOST_FRAMES = 20;

interface Measured {
  cpuMs: number;
  wallMs: number;
  calls: number;
  groups: number;
}

/** Frames through the router on MySQL, compared with the embedded DynamoDB; each store is a separate process. */
export const measureStores = async (
  world: BenchProcesses,
  { rounds, frames }: Scale,
): Promise<ResultRow[]> => {
  const url = process.env.MYSQL_URL;
  if (!url) throw new Error('MYSQL_URL names no server');
  const { port } = await world.endpoints.plain.ask({ latencyMs: 0, gone: [] });
  const callbackUrl = `http://127.0.0.1:${port}/dev`;
  const dynamodb = await Helper.start<undefined, string>('bench/processes/dynamodb.ts', {
    execArgv: ['--import', 'tsx'],
  });
  const stores = {
    MySQL: await benchOnMySql(url, callbackUrl),
    DynamoDB: await benchOnDynamoDB(await dynamodb.ask(undefined), callbackUrl),
  };
  try {
    return await compare(stores, rounds, Math.min(frames, MOST_FRAMES));
  } finally {
    for (const store of Object.values(stores)) await store.end();
    await dynamodb.end();
  }
};

const compare = async (
  stores: Record<string, OnStore>,
  rounds: number,
  count: number,
): Promise<ResultRow[]> => {
  const seen = new Map<string, Measured[]>();
  const prepared: [string, OnStore, Frames][] = [];
  for (const [name, store] of Object.entries(stores)) {
    const frames = new Frames(store.router);
    await frames.prepare();
    prepared.push([name, store, frames]);
  }
  for (let round = 0; round <= rounds; round += 1)
    for (const [name, store, frames] of prepared)
      for (const [kind, one] of Object.entries(frames.kinds)) {
        progress(`stores, round ${round} of ${rounds}: ${kind}, ${name}`);
        const what = `${kind}, ${name}`;
        const measured = await measure(store, frames, one, count);
        if (round > 0) seen.set(what, [...(seen.get(what) ?? []), measured]);
      }
  return [...seen].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([what, all]) => toRows(what, all));
};

/** Of one frame, on average. */
const measure = async (
  { trips }: OnStore,
  frames: Frames,
  { frame, after }: FrameKind,
  count: number,
): Promise<Measured> => {
  const sum = { cpuMs: 0, wallMs: 0, calls: 0, groups: 0 };
  for (let n = 0; n < count; n += 1) {
    const before = { at: performance.now(), cpu: process.cpuUsage(), ...trips };
    await frames.ask(frame());
    const { user, system } = process.cpuUsage(before.cpu);
    sum.cpuMs += (user + system) / 1_000 / count;
    sum.wallMs += (performance.now() - before.at) / count;
    sum.calls += (trips.calls - before.calls) / count;
    sum.groups += (trips.groups - before.groups) / count;
    if (after) await frames.ask(after());
  }
  return sum;
};

const toRows = (what: string, all: readonly Measured[]): ResultRow[] => [
  { what: `${what}: CPU`, unit: 'ms', ...spread(all.map(({ cpuMs }) => cpuMs)) },
  { what: `${what}: wall`, unit: 'ms', ...spread(all.map(({ wallMs }) => wallMs)) },
  { what: `${what}: trips, one after another`, unit: '', ...spread(all.map(({ groups }) => groups)) },
  { what: `${what}: requests`, unit: '', ...spread(all.map(({ calls }) => calls)) },
];
