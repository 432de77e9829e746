import { setTimeout as sleep } from 'node:timers/promises';
import { memberId } from '../member-id.js';
import type { BenchProcesses } from '../processes/bench-processes.js';
import { progress } from '../progress.js';
import type { ResultRow } from '../result-row.js';
import type { Scale } from '../scale.js';
import { spread } from '../spread.js';

/** A broadcast with 5 % gone connections and a quota of a third of what the machine can do. */
export const measureQuota = async (
  world: BenchProcesses,
  { rounds, members, forgottenMs }: Scale,
): Promise<ResultRow[]> => {
  const gone = Array.from({ length: Math.floor(members / 20) }, (_, index) => memberId(index * 20));
  const subject = await world.subject('switchboard', 'tls');
  await world.store.ask({ members, pageLatencyMs: 8 });
  const endpoint = world.endpoints.tls;

  const unlimited: number[] = [];
  for (let round = 0; round < 4; round += 1) {
    progress('quota: what the machine can do');
    await endpoint.ask({ latencyMs: 8, gone: [] });
    const { postingMs } = await subject.ask(members);
    if (round > 0) unlimited.push(members / (postingMs / 1_000));
  }
  const perSecond = spread(unlimited).median / 3;
  const quota = { perSecond, burst: perSecond / 2 };
  const leastMs = ((members - quota.burst) / perSecond) * 1_000;

  const living: number[] = [];
  const times: number[] = [];
  const wasted: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    progress(`quota, round ${round} of ${rounds}`);
    await sleep(forgottenMs);
    await endpoint.ask({ latencyMs: 8, gone, quota });
    const { postingMs } = await subject.ask(members);
    const { calls, refused, reached } = await endpoint.ask(undefined);
    living.push(members - gone.length - reached);
    times.push(postingMs / leastMs);
    wasted.push((refused / calls) * 100);
  }
  return [
    { what: 'quota: living who were not served', unit: '', target: 0, ...spread(living) },
    { what: "quota: time ÷ the quota's minimum", unit: '', target: 1.05, ...spread(times) },
    { what: 'quota: wasted calls', unit: '%', target: 10, ...spread(wasted) },
    { what: 'quota: its rate', unit: '/s', ...spread([perSecond]) },
  ];
};
